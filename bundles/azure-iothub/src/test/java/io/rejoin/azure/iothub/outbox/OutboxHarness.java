/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.outbox;

import io.rejoin.azure.iothub.message.OutgoingMessage;
import io.rejoin.azure.iothub.testing.MemoryMessageStore;
import io.rejoin.reconnect.Moment;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.kura.KuraStoreException;

/** An outbox on a store in memory and a hub that answers when told to. */
final class OutboxHarness implements Transmitter, OutboxListener {
  final MemoryMessageStore store = new MemoryMessageStore();

  /** Handed to the hub and not answered, in the order of sending. */
  final Map<Long, OutgoingMessage> outstanding = new LinkedHashMap<>();

  final List<String> sent = new ArrayList<>();
  final List<String> tokens = new ArrayList<>();
  final List<Long> renewed = new ArrayList<>();
  final List<String> confirmed = new ArrayList<>();
  final Set<String> accepted = new HashSet<>();
  final Set<String> acknowledged = new HashSet<>();
  final Set<String> refusedByHub = new HashSet<>();

  OutboxSettings settings = OutboxSettings.defaults();
  Outbox outbox;
  long monotonicMillis = 1_000_000;
  long session;
  int instances;
  private int messages;

  OutboxHarness() {
    restart();
  }

  Moment now() {
    return new Moment(monotonicMillis, store.wallMillis);
  }

  /** A new process: nothing but the store survives. */
  void restart() {
    outstanding.clear();
    outbox = new Outbox(settings, "instance-" + ++instances, this, this);
    session = 0;
  }

  boolean open() {
    try {
      outbox.open(new KuraOutboxStore(store), now());
      return true;
    } catch (KuraStoreException e) {
      return false;
    }
  }

  String put(int priority) throws KuraStoreException {
    String id = "m" + messages++;
    outbox.put(message(id), priority, now());
    accepted.add(id);
    return id;
  }

  static OutgoingMessage message(String id) {
    byte[] body = ("{\"id\":\"" + id + "\"}").getBytes(StandardCharsets.UTF_8);
    return new OutgoingMessage(body, id, null, 0, "application/json", "utf-8", Map.of(), 1);
  }

  void up() {
    outbox.up(++session);
    outstanding.clear();
  }

  void down() {
    List.copyOf(outstanding.keySet()).forEach(this::lose);
    outbox.down(session);
  }

  void run() {
    for (int i = 0; outbox.run(10, now()) && i < 10_000; i++) {
      // as the runner does
    }
  }

  void acknowledge(long attempt) {
    OutgoingMessage message = outstanding.remove(attempt);
    acknowledged.add(message.messageId());
    outbox.answered(attempt, Answer.CONFIRMED, "", now());
  }

  void acknowledgeAll() {
    while (!outstanding.isEmpty()) {
      List.copyOf(outstanding.keySet()).forEach(this::acknowledge);
      run();
    }
  }

  void lose(long attempt) {
    outstanding.remove(attempt);
    outbox.answered(attempt, Answer.UNCONFIRMED, "lost", now());
  }

  void reject(long attempt) {
    refusedByHub.add(outstanding.remove(attempt).messageId());
    outbox.answered(attempt, Answer.REJECTED, "never", now());
  }

  void pass(Duration time) {
    monotonicMillis += time.toMillis();
    store.wallMillis += time.toMillis();
  }

  @Override
  public void send(long sendSession, long attempt, OutgoingMessage message) {
    if (sendSession != session) {
      throw new AssertionError("sent to session " + sendSession + " instead of " + session);
    }
    if (outstanding.put(attempt, message) != null) {
      throw new AssertionError("attempt " + attempt + " used twice");
    }
    sent.add(message.messageId());
  }

  @Override
  public void renew(long renewedSession, String why) {
    renewed.add(renewedSession);
  }

  @Override
  public void confirmed(String messageId) {
    confirmed.add(messageId);
  }
}
