/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.outbox;

import io.rejoin.azure.iothub.message.OutgoingMessage;
import io.rejoin.azure.iothub.outbox.InFlight.Sent;
import io.rejoin.reconnect.Moment;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.eclipse.kura.KuraStoreCapacityReachedException;
import org.eclipse.kura.KuraStoreException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Store and forward: what is stored, sent, confirmed, sent again and dropped. Has no thread, no
 * clock and no lock of its own; one thread at a time may use it.
 *
 * <p>A message that {@link #put} has accepted stays in the store until the hub confirmed it.
 *
 * <p>Ids are only as good as the opening of the store they came from: a store in memory starts to
 * count anew. Each opening is therefore a generation, and an id of an older one is used only after
 * the record under it has proved to be the same message.
 */
public final class Outbox {
  private static final Logger logger = LoggerFactory.getLogger(Outbox.class);

  /** How long a session is left alone after it gave a message back: it is probably about to end. */
  private static final long PAUSE_MILLIS = 1_000;

  private final String instance;
  private final Transmitter transmitter;
  private final OutboxListener listener;
  private OutboxSettings settings;

  private @Nullable Backlog backlog;
  private String storeWords = "there is no message store yet";
  private int generation;
  private int lastStored;

  private final InFlight inFlight = new InFlight();
  private final NavigableMap<Long, Entry> returned = new TreeMap<>();

  /** Of this opening; needs no sending any more, but the store has not been told. */
  private final Deque<Entry> done = new ArrayDeque<>();

  /** The same, of an older opening. */
  private final Deque<Entry> unsettled = new ArrayDeque<>();

  private final Tally tally = new Tally();

  private long session;
  private String token = "";
  private boolean accepting;
  private long lastAttempt;
  private long pausedUntilMillis = Long.MIN_VALUE;
  private long renewedAtMillis = Long.MIN_VALUE;

  /**
   * Makes an outbox without a store and without a session.
   *
   * @param instance told to the store with each message sent: has to differ from that of any other
   *     outbox, also of one before a restart
   */
  public Outbox(
      OutboxSettings settings, String instance, Transmitter transmitter, OutboxListener listener) {
    this.settings = settings;
    this.instance = instance;
    this.transmitter = transmitter;
    this.listener = listener;
  }

  // --- the store

  /**
   * Takes a store into use. What it had in flight when it was closed waits again, unless it still
   * is in flight.
   *
   * @throws KuraStoreException if the store does not work; the outbox stays without one
   */
  public void open(OutboxStore store, Moment now) throws KuraStoreException {
    close("the message store is being opened");
    store.releaseSent();
    for (Entry entry = unsettled.peek(); entry != null; entry = unsettled.peek()) {
      if (Backlog.holds(store, entry)) {
        store.markSent(entry.id(), 0, instance);
        store.markDone(entry.id());
      }
      unsettled.remove();
    }
    Set<Entry> adopted = new HashSet<>();
    for (Entry entry : inFlight.entries()) {
      if (Backlog.holds(store, entry)) {
        store.markSent(entry.id(), 0, instance);
        adopted.add(entry);
      }
    }
    backlog = new Backlog(store, instance, tally, now);
    inFlight.replaceEntries(entry -> adopted.contains(entry) ? entry.in(generation) : entry);
    storeWords = "";
  }

  /** The store is gone, for now or for good; what it holds stays there. */
  public void close(String why) {
    lastStored = backlog == null ? lastStored : backlog.stored();
    backlog = null;
    unsettled.addAll(done);
    done.clear();
    storeWords = why;
    generation++;
    returned.clear();
  }

  public boolean isOpen() {
    return backlog != null;
  }

  private void failed(KuraStoreException e) {
    String why = "the message store failed: " + e.getMessage();
    logger.warn("{}; it will be opened again", why);
    close(why);
  }

  // --- accepting messages

  /**
   * Stores a message. Once this returns, the message is lost only with the store.
   *
   * @param priority 0 is the most important
   * @throws KuraStoreCapacityReachedException if there is no room
   * @throws KuraStoreException if there is no store, or it cannot store
   */
  public void put(OutgoingMessage message, int priority, Moment now) throws KuraStoreException {
    try {
      if (backlog == null) {
        throw new KuraStoreException(storeWords);
      }
      backlog.put(message, priority, settings, now);
    } catch (KuraStoreException e) {
      tally.refused++;
      if (backlog != null && !(e instanceof KuraStoreCapacityReachedException)) {
        backlog.doubt();
      }
      throw e;
    }
  }

  // --- the session

  public void up(long newSession) {
    endSession();
    session = newSession;
    token = instance + "/" + newSession;
    accepting = true;
  }

  /** The session takes no more messages, but still answers. */
  public void draining(long drainingSession) {
    if (session == drainingSession) {
      accepting = false;
    }
  }

  /** The session has ended: what it has not answered is sent again in the next one. */
  public void down(long endedSession) {
    if (session == endedSession) {
      endSession();
    }
  }

  private void endSession() {
    session = 0;
    accepting = false;
    pausedUntilMillis = Long.MIN_VALUE;
    renewedAtMillis = Long.MIN_VALUE;
    inFlight.removeAll().forEach(this::giveBack);
  }

  /** Takes the answer to an attempt; one that is not in flight any more means nothing. */
  public void answered(long attempt, Answer answer, String why, Moment now) {
    Sent sent = inFlight.remove(attempt);
    if (sent == null) {
      return;
    }
    String messageId = sent.entry().message().messageId();
    switch (answer) {
      case CONFIRMED -> {
        tally.confirmed++;
        done(sent.entry());
        listener.confirmed(messageId);
      }
      case UNCONFIRMED -> {
        giveBack(sent);
        pausedUntilMillis = now.monotonicMillis() + PAUSE_MILLIS;
      }
      case REJECTED -> {
        tally.rejected(messageId, why);
        done(sent.entry());
      }
    }
  }

  /** Queues an attempt again, unless its store has been closed: then it is found there. */
  private void giveBack(Sent sent) {
    if (sent.entry().generation() == generation) {
      returned.put(sent.attempt(), sent.entry());
    }
  }

  // --- telling the store

  private void done(Entry entry) {
    (entry.generation() == generation ? done : unsettled).add(entry);
  }

  /**
   * What the store is to be told, to be run on any thread while this one may {@link #put} and
   * nothing else; null when there is nothing.
   */
  @Nullable Settlement settlement() {
    Backlog current = backlog;
    return current == null || done.isEmpty() ? null : current.settlement(List.copyOf(done));
  }

  /** Takes note of how far a settlement got; what it could not tell waits for the next opening. */
  void settled(Settlement settlement) {
    Backlog current = backlog;
    if (current != null) {
      settlement.told().forEach(entry -> current.settled(done.remove().id()));
    }
    KuraStoreException failure = settlement.failure();
    if (failure != null) {
      failed(failure);
    }
  }

  /** Tells the store now; what it cannot be told waits for the next opening. */
  void settle() {
    Settlement settlement = settlement();
    if (settlement != null) {
      settlement.run();
      settled(settlement);
    }
    Backlog current = backlog;
    try {
      while (current != null && !unsettled.isEmpty()) {
        current.doneIfHeld(unsettled.element());
        unsettled.remove();
      }
    } catch (KuraStoreException e) {
      failed(e);
    }
  }

  // --- sending

  /**
   * Does what is due: sends while the window has room, renews a session that no longer confirms,
   * keeps the store tidy.
   *
   * @param most how many messages to send at most
   * @return whether there may be more to send at once
   */
  public boolean run(int most, Moment now) {
    renewIfSilent(now);
    settle();
    Backlog current = backlog;
    if (current == null) {
      return false;
    }
    try {
      boolean more = send(current, most, now);
      current.upkeep(settings, now);
      return more;
    } catch (KuraStoreException e) {
      failed(e);
      return false;
    }
  }

  private boolean send(Backlog current, int most, Moment now) throws KuraStoreException {
    for (int sent = 0; sent < most && maySend(now); sent++) {
      Map.Entry<Long, Entry> back = returned.pollFirstEntry();
      Entry entry = back != null ? back.getValue() : current.take(generation, settings, now);
      if (entry == null) {
        return false;
      }
      long attempt = ++lastAttempt;
      current.sent(entry.id(), attempt, token);
      tally.resent += back != null ? 1 : 0;
      inFlight.add(new Sent(attempt, entry, now.monotonicMillis()));
      transmitter.send(session, attempt, entry.message());
    }
    return maySend(now);
  }

  private boolean maySend(Moment now) {
    return accepting
        && inFlight.size() < settings.window()
        && now.monotonicMillis() >= pausedUntilMillis;
  }

  private void renewIfSilent(Moment now) {
    if (now.monotonicMillis() >= silentMillis()) {
      renewedAtMillis = now.monotonicMillis();
      transmitter.renew(
          session, "no confirmation within " + settings.sendTimeout().toSeconds() + " s");
    }
  }

  /** When the session counts as silent; the largest long for never. */
  private long silentMillis() {
    Sent oldest = inFlight.oldest();
    return oldest == null || !accepting
        ? Long.MAX_VALUE
        : Math.max(oldest.sentAtMillis(), renewedAtMillis) + settings.sendTimeout().toMillis();
  }

  /** How long {@link #run} may be left alone if nothing happens; the largest long for ever. */
  public long millisToNextRun(Moment now) {
    long next = silentMillis();
    if (backlog != null) {
      next = Math.min(next, backlog.nextUpkeepMillis(settings));
    }
    if (accepting && now.monotonicMillis() < pausedUntilMillis) {
      next = Math.min(next, pausedUntilMillis);
    }
    return next == Long.MAX_VALUE ? next : Math.max(0, next - now.monotonicMillis());
  }

  // --- settings and status

  /** Exchanges the settings; they hold from the next decision on. */
  public void settings(OutboxSettings changed, Moment now) {
    boolean release = changed.foreign() != settings.foreign();
    settings = changed;
    if (backlog != null) {
      backlog.sweepSoon(now);
      if (release && backlog.held() > 0) {
        close("the message store is being opened for the messages held back");
      }
    }
  }

  public OutboxStatus status() {
    return new OutboxStatus(
        backlog != null,
        storeWords,
        backlog == null ? lastStored : backlog.stored(),
        inFlight.size(),
        backlog == null ? 0 : backlog.held(),
        settings.capacity(),
        oldestMillis(),
        tally.confirmed,
        tally.resent,
        tally.rejected,
        tally.expired,
        tally.dropped,
        tally.refused);
  }

  private long oldestMillis() {
    LongStream taken =
        Stream.concat(inFlight.entries().stream(), returned.values().stream())
            .mapToLong(Entry::storedAtMillis);
    LongStream waiting = LongStream.of(backlog == null ? 0 : backlog.oldestMillis());
    return LongStream.concat(taken, waiting).filter(millis -> millis > 0).min().orElse(0);
  }
}
