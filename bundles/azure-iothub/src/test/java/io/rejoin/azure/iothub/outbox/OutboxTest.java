/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rejoin.azure.iothub.outbox.OutboxSettings.Foreign;
import io.rejoin.azure.iothub.outbox.OutboxSettings.WhenFull;
import io.rejoin.azure.iothub.testing.MemoryMessageStore;
import io.rejoin.azure.iothub.testing.MemoryMessageStore.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eclipse.kura.KuraStoreCapacityReachedException;
import org.eclipse.kura.KuraStoreException;
import org.junit.jupiter.api.Test;

class OutboxTest {
  private final OutboxHarness harness = new OutboxHarness();

  @Test
  void shouldSendByPriorityAndThenInOrder() throws Exception {
    harness.open();
    put(5, 5, 1, 5, 1);

    connect();

    assertEquals(List.of("m2", "m4", "m0", "m1", "m3"), harness.sent);
  }

  @Test
  void shouldKeepTheOrderWhenTheClockJumpsBack() throws Exception {
    harness.open();
    put(5);
    harness.store.wallMillis -= 3_600_000;
    put(5, 5);

    connect();

    assertEquals(List.of("m0", "m1", "m2"), harness.sent);
  }

  @Test
  void shouldFillTheWindowAndNoMore() throws Exception {
    harness.open();
    put(IntStream.generate(() -> 7).limit(250).toArray());

    connect();
    assertEquals(100, harness.outstanding.size());

    harness.acknowledge(harness.outstanding.keySet().iterator().next());
    harness.run();
    assertEquals(101, harness.sent.size());

    harness.acknowledgeAll();
    assertEquals(250, harness.confirmed.size());
    assertEquals(0, harness.outbox.status().stored());
  }

  @Test
  void shouldResendInOrderWhatTheEndedSessionLeftUnanswered() throws Exception {
    harness.open();
    put(7, 7, 7, 7);
    connect();
    harness.acknowledge(2);
    harness.lose(3);
    harness.lose(1);

    harness.down();
    harness.sent.clear();
    connect();

    assertEquals(List.of("m0", "m2", "m3"), harness.sent);
    assertEquals(3, harness.outbox.status().resent());
  }

  @Test
  void shouldNotHammerASessionThatGivesMessagesBack() throws Exception {
    harness.open();
    put(7);
    connect();

    harness.lose(1);
    harness.run();
    assertEquals(1, harness.sent.size());
    assertEquals(1_000, harness.outbox.millisToNextRun(harness.now()));

    harness.pass(Duration.ofSeconds(1));
    harness.run();
    assertEquals(2, harness.sent.size());
  }

  @Test
  void shouldStopSendingButStillTakeAnswersWhileDraining() throws Exception {
    harness.open();
    put(7);
    connect();

    harness.outbox.draining(harness.session);
    put(7);
    harness.run();
    assertEquals(1, harness.sent.size());

    harness.acknowledge(1);
    assertEquals(List.of("m0"), harness.confirmed);
  }

  @Test
  void shouldRenewTheSessionWhenConfirmationsAreWithheld() throws Exception {
    harness.open();
    put(7);
    connect();

    harness.pass(Duration.ofSeconds(59));
    harness.run();
    assertEquals(List.of(), harness.renewed);
    assertEquals(1_000, harness.outbox.millisToNextRun(harness.now()));

    harness.pass(Duration.ofSeconds(1));
    harness.run();
    harness.run();
    assertEquals(List.of(1L), harness.renewed);

    harness.down();
    connect();
    assertEquals(List.of("m0", "m0"), harness.sent);
  }

  @Test
  void shouldIgnoreAnswersThatComeTwiceOrTooLate() throws Exception {
    harness.open();
    put(7);
    connect();
    harness.acknowledge(1);

    harness.outbox.answered(1, Answer.UNCONFIRMED, "late", harness.now());
    harness.outbox.answered(1, Answer.CONFIRMED, "late", harness.now());
    harness.run();

    assertEquals(1, harness.sent.size());
    assertEquals(1, harness.outbox.status().confirmed());
  }

  @Test
  void shouldSetAsideWhatTheHubNeverTakesAndGoOn() throws Exception {
    harness.open();
    put(7, 7);
    connect();

    harness.reject(1);
    harness.acknowledge(2);
    harness.run();

    assertEquals(1, harness.outbox.status().rejected());
    assertEquals(0, harness.outbox.status().stored());
    assertEquals(List.of("m1"), harness.confirmed);
  }

  @Test
  void shouldSetAsideAStoredMessageThatItCannotRead() throws Exception {
    harness.store.store("topic", new byte[] {99, 1, 2}, 1, false, 0);
    harness.open();
    put(7);

    connect();

    assertEquals(List.of("m0"), harness.sent);
    assertEquals(1, harness.outbox.status().rejected());
  }

  @Test
  void shouldSendAfterARestartWhatWasInFlightOrWaiting() throws Exception {
    harness.settings = withCapacity(10, WhenFull.REFUSE_NEW, 2);
    harness.restart();
    harness.open();
    put(7, 7, 7);
    connect();
    harness.acknowledge(1);
    harness.run();
    harness.sent.clear();

    harness.restart();
    harness.open();
    assertEquals(2, harness.outbox.status().stored());
    connect();

    assertEquals(List.of("m1", "m2"), harness.sent);
    harness.acknowledgeAll();
    assertEquals(List.of("m0", "m1", "m2"), harness.confirmed);
  }

  @Test
  void shouldTellTheStoreASessionThatIsUniqueOverRestarts() throws Exception {
    harness.open();
    put(7);
    harness.restart();
    harness.open();
    connect();
    String first = token();
    harness.restart();
    harness.open();
    connect();

    assertEquals("instance-2/1", first);
    assertEquals("instance-3/1", token());
  }

  @Test
  void shouldRefuseWhenFull() throws Exception {
    harness.settings = withCapacity(2, WhenFull.REFUSE_NEW, 10);
    harness.restart();
    harness.open();
    put(7, 7);

    assertThrows(KuraStoreCapacityReachedException.class, () -> harness.put(0));
    connect();
    assertThrows(KuraStoreCapacityReachedException.class, () -> harness.put(0));
    harness.acknowledge(1);
    harness.run();
    harness.put(0);

    assertEquals(2, harness.outbox.status().refused());
    assertEquals(2, harness.outbox.status().stored());
  }

  @Test
  void shouldDropTheOldestOfTheLeastImportantWhenFull() throws Exception {
    harness.settings = withCapacity(4, WhenFull.DROP_OLDEST, 10);
    harness.restart();
    harness.open();
    put(0, 7, 5, 7);

    put(5, 0);
    assertThrows(KuraStoreCapacityReachedException.class, () -> harness.put(9));
    connect();

    assertEquals(List.of("m0", "m5", "m2", "m4"), harness.sent);
    assertEquals(2, harness.outbox.status().dropped());
  }

  @Test
  void shouldDropTheOldestAlsoWhenItWasStoredBeforeARestart() throws Exception {
    harness.settings = withCapacity(2, WhenFull.DROP_OLDEST, 10);
    harness.restart();
    harness.open();
    put(7, 7);
    harness.restart();
    harness.open();

    put(7);
    connect();

    assertEquals(List.of("m1", "m2"), harness.sent);
  }

  @Test
  void shouldDropWhatIsTooOldAlsoWhileUnconnected() throws Exception {
    harness.settings = withMaxAge(Duration.ofHours(1));
    harness.restart();
    harness.open();
    put(7, 3);
    harness.pass(Duration.ofMinutes(50));
    put(3);
    harness.pass(Duration.ofMinutes(11));
    harness.run();

    assertEquals(2, harness.outbox.status().expired());
    assertEquals(1, harness.outbox.status().stored());
    connect();
    assertEquals(List.of("m2"), harness.sent);
  }

  @Test
  void shouldDropWhatIsTooOldAlsoAfterARestart() throws Exception {
    harness.settings = withMaxAge(Duration.ofHours(1));
    harness.restart();
    harness.open();
    put(7, 7);
    harness.pass(Duration.ofHours(2));
    harness.restart();
    harness.open();
    harness.run();

    assertEquals(2, harness.outbox.status().expired());
    assertEquals(0, harness.outbox.status().stored());
  }

  @Test
  void shouldHoldBackMessagesOfAnotherConnectionUntilTold() throws Exception {
    putAs("connection-a");
    harness.settings = withOrigin("connection-b", Foreign.HOLD);
    harness.restart();
    harness.open();
    put(7);
    connect();

    assertEquals(List.of("m1"), harness.sent);
    assertEquals(1, harness.outbox.status().held());

    harness.outbox.settings(withOrigin("connection-b", Foreign.SEND), harness.now());
    assertFalse(harness.outbox.isOpen());
    harness.open();
    harness.run();
    assertEquals(List.of("m1", "m0"), harness.sent);
  }

  @Test
  void shouldDropMessagesOfAnotherConnectionWhenTold() throws Exception {
    putAs("connection-a");
    harness.settings = withOrigin("connection-b", Foreign.DROP);
    harness.restart();
    harness.open();
    harness.run();

    assertEquals(1, harness.outbox.status().dropped());
    assertEquals(0, harness.outbox.status().stored());
  }

  @Test
  void shouldRefuseWithoutAStoreAndSayWhy() {
    KuraStoreException e = assertThrows(KuraStoreException.class, () -> harness.put(7));

    assertTrue(e.getMessage().contains("no message store"), e.getMessage());
    assertFalse(harness.outbox.status().storeOpen());
  }

  @Test
  void shouldNotLoseAConfirmationThatTheStoreCouldNotTake() throws Exception {
    harness.open();
    put(7);
    connect();
    harness.acknowledge(1);
    harness.store.failNext(1, Failure.BEFORE);
    harness.run();
    assertFalse(harness.outbox.isOpen());

    harness.open();
    harness.run();

    assertEquals(1, harness.sent.size());
    assertEquals(0, harness.outbox.status().stored());
  }

  @Test
  void shouldKeepWhatIsInFlightWhenTheStoreIsOpenedAgain() throws Exception {
    harness.open();
    put(7, 7);
    connect();
    harness.outbox.close("for a moment");
    harness.open();
    harness.run();

    assertEquals(2, harness.sent.size());
    harness.acknowledgeAll();
    assertEquals(0, harness.outbox.status().stored());
    assertEquals(Set.of(), waitingInStore());
  }

  @Test
  void shouldNotConfirmAnotherMessageOfAReplacedStore() throws Exception {
    harness.open();
    put(7);
    connect();
    MemoryMessageStore other = new MemoryMessageStore();
    harness.outbox.open(new KuraOutboxStore(other), harness.now());
    harness.put(7);

    harness.acknowledge(1);

    assertEquals(1, other.getUnpublishedMessages().size());
    assertEquals(1, harness.outbox.status().stored());
  }

  @Test
  void shouldFindOutThatAStoreWhichRefusesIsDead() throws Exception {
    harness.open();
    harness.store.failNext(2, Failure.BEFORE);
    assertThrows(KuraStoreException.class, () -> harness.put(7));

    harness.run();

    assertFalse(harness.outbox.isOpen());
  }

  @Test
  void shouldKeepAStoreThatRefusedOnce() throws Exception {
    harness.open();
    harness.store.failNext(1, Failure.BEFORE);
    assertThrows(KuraStoreException.class, () -> harness.put(7));

    harness.run();
    harness.put(7);

    assertTrue(harness.outbox.isOpen());
  }

  @Test
  void shouldNotReadFromTheStoreWhatItHasJustStored() throws Exception {
    harness.open();
    connect();
    int before = harness.store.calls;

    put(7);
    harness.run();
    harness.acknowledgeAll();

    assertEquals(2, harness.store.calls - before, "insert, mark as done");
  }

  @Test
  void shouldNotSendWhatIsOnItsWayAgainWhenTheStoreHasToBeAsked() throws Exception {
    harness.open();
    connect();
    put(7);
    harness.run();
    harness.store.failNext(1, Failure.AFTER);
    assertThrows(KuraStoreException.class, () -> harness.put(7));

    harness.run();
    harness.run();

    assertEquals(List.of("m0", "m1"), harness.sent, "the store kept what it said it could not");
    harness.acknowledgeAll();
    assertEquals(0, harness.outbox.status().stored());
  }

  @Test
  void shouldNotSendAgainWhatIsDoneWhenTheClockWasSetBack() throws Exception {
    harness.open();
    connect();
    put(7, 7);
    harness.run();
    harness.acknowledge(1);
    harness.run();
    harness.sent.clear();
    harness.store.wallMillis -= 3_600_000;

    harness.restart();
    harness.open();
    connect();

    assertEquals(List.of("m1"), harness.sent);
    harness.acknowledgeAll();
    assertEquals(0, harness.outbox.status().stored());
  }

  @Test
  void shouldTellTheAgeOfTheOldest() throws Exception {
    harness.open();
    long first = harness.store.wallMillis;
    put(7);
    harness.pass(Duration.ofHours(1));
    put(3);
    harness.run();

    assertEquals(first, harness.outbox.status().oldestMillis());
    harness.restart();
    harness.open();
    connect();
    assertEquals(first, harness.outbox.status().oldestMillis());
    harness.acknowledgeAll();
    assertEquals(0, harness.outbox.status().oldestMillis());
  }

  @Test
  void shouldHaveNothingToDoWhenIdle() throws Exception {
    harness.open();
    harness.run();

    assertEquals(Long.MAX_VALUE, harness.outbox.millisToNextRun(harness.now()));
  }

  private void connect() {
    harness.up();
    harness.run();
  }

  private void put(int... priorities) throws KuraStoreException {
    for (int priority : priorities) {
      harness.put(priority);
    }
  }

  private void putAs(String origin) throws KuraStoreException {
    harness.settings = withOrigin(origin, Foreign.HOLD);
    harness.restart();
    harness.open();
    put(7);
  }

  private String token() {
    return harness.store.getInFlightMessages().get(0).getDataTransportToken().get().getSessionId();
  }

  private Set<Integer> waitingInStore() {
    return harness.store.getUnpublishedMessages().stream()
        .map(m -> m.getId())
        .collect(Collectors.toSet());
  }

  private static OutboxSettings withCapacity(int capacity, WhenFull whenFull, int window) {
    return new OutboxSettings(
        window, capacity, whenFull, Duration.ZERO, Duration.ofSeconds(60), "", Foreign.HOLD);
  }

  private static OutboxSettings withMaxAge(Duration maxAge) {
    return new OutboxSettings(
        10, 100, WhenFull.REFUSE_NEW, maxAge, Duration.ofSeconds(60), "", Foreign.HOLD);
  }

  private static OutboxSettings withOrigin(String origin, Foreign foreign) {
    return new OutboxSettings(
        10, 100, WhenFull.REFUSE_NEW, Duration.ZERO, Duration.ofSeconds(60), origin, foreign);
  }
}
