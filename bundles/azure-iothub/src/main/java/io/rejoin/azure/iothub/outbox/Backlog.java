/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.outbox;

import io.rejoin.azure.iothub.message.OutgoingMessage;
import io.rejoin.azure.iothub.outbox.OutboxSettings.Foreign;
import io.rejoin.azure.iothub.outbox.OutboxSettings.WhenFull;
import io.rejoin.azure.iothub.outbox.OutboxStore.StoredRecord;
import io.rejoin.azure.iothub.outbox.Waiting.Ref;
import io.rejoin.reconnect.Moment;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.kura.KuraStoreCapacityReachedException;
import org.eclipse.kura.KuraStoreException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What waits in one opening of the store, and what of it is to be sent next.
 *
 * <p>The store is asked for the next message only as long as it may hold messages which this
 * opening has not stored itself ({@code strangers}); all others are in {@link Waiting}. A message
 * taken out stays in the store until {@link #settlement}, so that whatever is forgotten here is
 * found again there.
 *
 * <p>Only a store that is asked has to know what is on its way: otherwise a message costs it two
 * writes, not three. On a durable store they are what limits the throughput.
 */
final class Backlog {
  private static final Logger logger = LoggerFactory.getLogger(Backlog.class);

  /** Records that are done are removed in bulk: one statement for many. */
  private static final int PURGE_RECORDS = 5_000;

  private static final long PURGE_MILLIS = 60_000;

  /** How often the queues' heads are checked for messages that expired or belong to others. */
  private static final long SWEEP_MILLIS = 10_000;

  /** The most records one sweep deals with, so that it does not hold up everything else. */
  private static final int SWEEP_RECORDS = 500;

  private final OutboxStore store;
  private final String instance;
  private final Tally tally;
  private final Waiting waiting = new Waiting();

  /** What is on its way, or waits to be sent again, without the store being told. */
  private final Set<Integer> untold = new HashSet<>();

  private boolean strangers = true;
  private long oldestStrangerMillis;
  private int stored;
  private int held;
  private int purgeable;
  private boolean suspect;
  private long sweptAtMillis;
  private long purgedAtMillis;

  /** Takes over a store in which nothing is marked sent. */
  Backlog(OutboxStore store, String instance, Tally tally, Moment now) throws KuraStoreException {
    this.store = store;
    this.instance = instance;
    this.tally = tally;
    store.purge();
    stored = store.count();
    strangers = stored > 0;
    purgedAtMillis = now.monotonicMillis();
    sweptAtMillis = now.monotonicMillis() - SWEEP_MILLIS;
    if (stored > 0) {
      logger.info("The message store holds {} unconfirmed messages", stored);
    }
  }

  int stored() {
    return stored;
  }

  int held() {
    return held;
  }

  /** Wall time at which the oldest known waiting message was stored, 0 for none. */
  long oldestMillis() {
    long oldest = strangers && oldestStrangerMillis > 0 ? oldestStrangerMillis : Long.MAX_VALUE;
    for (Ref ref : waiting.oldestOfEach()) {
      oldest = Math.min(oldest, ref.storedAtMillis());
    }
    return oldest == Long.MAX_VALUE ? 0 : oldest;
  }

  // --- in

  void put(OutgoingMessage message, int priority, OutboxSettings settings, Moment now)
      throws KuraStoreException {
    if (stored >= settings.capacity()) {
      makeRoom(priority, settings, now);
    }
    int id = store.add(new StoredForm(message, settings.origin()).toBytes(), priority);
    stored++;
    waiting.add(id, priority, now.wallMillis(), message);
  }

  /** A message could not be stored: has the next upkeep find out whether the store still works. */
  void doubt() {
    suspect = true;
  }

  private void makeRoom(int priority, OutboxSettings settings, Moment now)
      throws KuraStoreException {
    String words = "the outbox is full: " + stored + " messages wait to be confirmed";
    if (settings.whenFull() == WhenFull.REFUSE_NEW) {
      throw new KuraStoreCapacityReachedException(words);
    }
    Ref victim = waiting.leastImportant();
    StoredRecord head = strangers ? store.next() : null;
    if (head != null && (victim == null || head.priority() >= victim.priority())) {
      victim = ref(head);
    }
    if (victim == null || victim.priority() < priority) {
      throw new KuraStoreCapacityReachedException(words + ", all of them more important");
    }
    drop(victim);
    tally.dropped(now, "to make room for new ones");
  }

  // --- out

  /** Takes the next message that is to be sent out of the queue; null when none waits. */
  @Nullable Entry take(int generation, OutboxSettings settings, Moment now)
      throws KuraStoreException {
    while (true) {
      StoredRecord record = strangers ? nextOfStore() : null;
      Ref ref = record != null ? ref(record) : waiting.first();
      if (ref == null) {
        return null;
      }
      OutgoingMessage message = record == null ? waiting.kept(ref.id()) : null;
      if (message == null || tooOld(ref.storedAtMillis(), settings, now)) {
        message = admit(ref, record != null ? record : store.read(ref.id()), settings, now);
      }
      waiting.remove(ref.id(), ref.priority());
      if (message != null) {
        return new Entry(ref.id(), ref.priority(), generation, message, ref.storedAtMillis());
      }
    }
  }

  /** Asks the store, which tells in the end that there are no strangers any more. */
  private @Nullable StoredRecord nextOfStore() throws KuraStoreException {
    StoredRecord record = store.next();
    strangers = record != null;
    oldestStrangerMillis = record == null ? 0 : record.storedAtMillis();
    return record;
  }

  /** Decides about a record at the head of a queue: null when it was dropped or held back. */
  private @Nullable OutgoingMessage admit(
      Ref ref, @Nullable StoredRecord record, OutboxSettings settings, Moment now)
      throws KuraStoreException {
    if (record == null) {
      logger.warn("The message store has lost record {}", ref.id());
      stored--;
      return null;
    }
    if (record.done()) { // a purge goes by the clock, which may have been set back
      drop(ref);
      return null;
    }
    if (tooOld(ref.storedAtMillis(), settings, now)) {
      tally.expired(now);
      drop(ref);
      return null;
    }
    StoredForm form;
    try {
      form = StoredForm.fromBytes(record.bytes());
    } catch (IllegalArgumentException e) {
      tally.rejected("stored under " + ref.id(), String.valueOf(e.getMessage()));
      drop(ref);
      return null;
    }
    return isForeign(form, settings) && keptBack(ref, settings, now) ? null : form.message();
  }

  private static boolean isForeign(StoredForm form, OutboxSettings settings) {
    return !form.origin().isEmpty()
        && !settings.origin().isEmpty()
        && !form.origin().equals(settings.origin());
  }

  private boolean keptBack(Ref ref, OutboxSettings settings, Moment now) throws KuraStoreException {
    if (settings.foreign() == Foreign.DROP) {
      tally.dropped(now, "that another connection had left");
      drop(ref);
    } else if (settings.foreign() == Foreign.HOLD) {
      store.markSent(ref.id(), 0, "held back");
      if (++held == 1) {
        logger.warn("The message store has messages of another connection: they are held back");
      }
    }
    return settings.foreign() != Foreign.SEND;
  }

  private static boolean tooOld(long storedAtMillis, OutboxSettings settings, Moment now) {
    long maxMillis = settings.maxAge().toMillis();
    return maxMillis > 0 && storedAtMillis > 0 && storedAtMillis < now.wallMillis() - maxMillis;
  }

  /** Notes that a message is on its way. */
  void sent(int id, long attempt, String token) throws KuraStoreException {
    if (strangers) {
      store.markSent(id, (int) attempt, token);
    } else {
      untold.add(id);
    }
  }

  /** What tells the store that messages which were sent need no sending any more. */
  Settlement settlement(List<Entry> done) {
    return new Settlement(store, done);
  }

  /** Takes note that the store has been told. */
  void settled(int id) {
    untold.remove(id);
    gone();
  }

  /** Done with a message of an older opening, if the store still has it under this id. */
  void doneIfHeld(Entry entry) throws KuraStoreException {
    if (holds(store, entry)) {
      remove(entry.id());
    }
  }

  /** Whether the record under an id of another opening is this very message. */
  static boolean holds(OutboxStore store, Entry entry) throws KuraStoreException {
    StoredRecord record = store.read(entry.id());
    try {
      return record != null
          && StoredForm.fromBytes(record.bytes())
              .message()
              .messageId()
              .equals(entry.message().messageId());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private void drop(Ref ref) throws KuraStoreException {
    remove(ref.id());
    waiting.remove(ref.id(), ref.priority());
  }

  private void remove(int id) throws KuraStoreException {
    store.markSent(id, 0, instance);
    store.markDone(id);
    gone();
  }

  private void gone() {
    stored = Math.max(0, stored - 1);
    purgeable++;
  }

  private static Ref ref(StoredRecord record) {
    return new Ref(record.id(), record.priority(), record.storedAtMillis());
  }

  // --- upkeep

  /** Does what is due: finds out whether a store that refused a message works, sweeps, purges. */
  void upkeep(OutboxSettings settings, Moment now) throws KuraStoreException {
    if (suspect) {
      int known = stored;
      recount(now);
      if (stored
          > known) { // it kept what it said it could not: nobody waits for that, but it counts
        askTheStore();
      }
      suspect = false;
    }
    if (needsSweep(settings) && now.monotonicMillis() - sweptAtMillis >= SWEEP_MILLIS) {
      sweep(settings, now);
    }
    if (purgeable >= PURGE_RECORDS || now.monotonicMillis() >= nextPurgeMillis()) {
      recount(now);
    }
  }

  private void askTheStore() throws KuraStoreException {
    for (int id : untold) {
      store.markSent(id, 0, instance);
    }
    untold.clear();
    strangers = true;
  }

  private void recount(Moment now) throws KuraStoreException {
    store.purge();
    stored = store.count();
    purgeable = 0;
    purgedAtMillis = now.monotonicMillis();
  }

  private void sweep(OutboxSettings settings, Moment now) throws KuraStoreException {
    int left = SWEEP_RECORDS;
    for (Ref oldest : waiting.oldestOfEach()) {
      Ref ref = oldest;
      while (ref != null && left > 0 && tooOld(ref.storedAtMillis(), settings, now)) {
        tally.expired(now);
        drop(ref);
        left--;
        ref = waiting.oldest(ref.priority());
      }
    }
    while (strangers && left > 0) {
      StoredRecord head = nextOfStore();
      if (head == null || admit(ref(head), head, settings, now) != null) {
        break;
      }
      left--;
    }
    if (left > 0) {
      sweptAtMillis = now.monotonicMillis();
    }
  }

  /** Has the next upkeep look at everything again, since the rules have changed. */
  void sweepSoon(Moment now) {
    sweptAtMillis = now.monotonicMillis() - SWEEP_MILLIS;
  }

  private boolean needsSweep(OutboxSettings settings) {
    return strangers || (!settings.maxAge().isZero() && waiting.size() > 0);
  }

  private long nextPurgeMillis() {
    return purgeable > 0 ? purgedAtMillis + PURGE_MILLIS : Long.MAX_VALUE;
  }

  /** When {@link #upkeep} is due, on the monotonic clock; the largest long for never. */
  long nextUpkeepMillis(OutboxSettings settings) {
    long sweep = needsSweep(settings) ? sweptAtMillis + SWEEP_MILLIS : Long.MAX_VALUE;
    return Math.min(sweep, nextPurgeMillis());
  }
}
