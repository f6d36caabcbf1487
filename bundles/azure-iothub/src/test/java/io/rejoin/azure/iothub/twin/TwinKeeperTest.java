/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.twin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.rejoin.azure.iothub.link.HubAnswers;
import io.rejoin.azure.iothub.link.LinkFailedException;
import io.rejoin.azure.iothub.testing.ManualThread;
import io.rejoin.retry.Failure;
import io.rejoin.retry.FailureKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** The twin over many sessions, in virtual time. */
class TwinKeeperTest {
  private static final Duration STABLE = Duration.ofSeconds(30);
  private static final Duration SPREAD = Duration.ofSeconds(100);
  private static final long SETTLED = STABLE.plus(SPREAD).toMillis();
  private static final Failure THROTTLED = HubAnswers.failure(429, 0, "twin", null);
  private static final Failure BAD = HubAnswers.failure(400, 0, "twin", null);
  private static final Failure LOST = Failure.of(FailureKind.CONNECTION_CLOSED, "EOF");

  private final ManualThread thread = new ManualThread();
  private final List<String> desired = new ArrayList<>();
  private final FakeTwin hub = new FakeTwin();
  private TwinKeeper keeper = keeper(1, Duration.ZERO);

  @Test
  void shouldLeaveTheTwinAloneUntilTheSessionIsStable() {
    keeper.askForDesired();
    var unused = report("{\"a\":1}");
    keeper.up(hub);
    thread.pass(STABLE.toMillis() - 1);
    assertEquals(List.of(), hub.asked);

    thread.pass(SETTLED);
    assertEquals(List.of("GET"), hub.asked);
  }

  @Test
  void shouldSpreadTheFirstRequestsOfAFleet() {
    int gateways = 1_000;
    List<FakeTwin> fleet = new ArrayList<>();
    for (int seed = 0; seed < gateways; seed++) {
      FakeTwin twin = new FakeTwin();
      fleet.add(twin);
      TwinKeeper each = keeper(seed, Duration.ZERO);
      each.askForDesired();
      thread.settle();
      each.up(twin);
    }
    thread.pass(STABLE.toMillis());
    int busiest = 0;
    int before = 0;
    for (int second = 0; second <= SPREAD.toSeconds(); second++) {
      thread.pass(1_000);
      int asked = (int) fleet.stream().filter(twin -> !twin.asked.isEmpty()).count();
      busiest = Math.max(busiest, asked - before);
      before = asked;
    }

    assertEquals(gateways, before);
    assertTrue(busiest < 30, "10 in the mean, " + busiest + " in the busiest second");
  }

  @Test
  void shouldReportOneAfterTheOtherAndJoinWhatCameMeanwhile() {
    givenSettled();
    CompletionStage<Void> first = report("{\"a\":1,\"b\":{\"c\":2}}");
    CompletionStage<Void> second = report("{\"b\":{\"c\":3}}");
    CompletionStage<Void> third = report("{\"b\":{\"d\":4},\"a\":null}");
    assertEquals(List.of("{\"a\":1,\"b\":{\"c\":2}}"), hub.asked);

    hub.accept();
    thread.settle();
    assertTrue(isDone(first));
    assertFalse(isDone(second));
    assertEquals("{\"b\":{\"c\":3,\"d\":4},\"a\":null}", hub.asked.get(1));
    hub.accept();
    thread.settle();
    assertTrue(isDone(second) && isDone(third));
  }

  @Test
  void shouldReportEverythingAnewOnTheNextSession() {
    givenSettled();
    var unused = report("{\"a\":1,\"gone\":true}");
    hub.accept();
    thread.settle();
    var unused2 = report("{\"gone\":null,\"b\":2}");
    hub.accept();
    thread.settle();

    FakeTwin moved = new FakeTwin();
    keeper.down();
    keeper.up(moved);
    thread.pass(SETTLED);

    assertEquals(List.of("{\"a\":1,\"b\":2}"), moved.asked);
  }

  @Test
  void shouldTakeWhatASessionDidNotConfirmAlongToTheNextOne() {
    givenSettled();
    CompletionStage<Void> done = report("{\"a\":1}");
    keeper.askForDesired();
    keeper.down();
    hub.fail(LOST);
    thread.settle();
    assertFalse(isDone(done));

    FakeTwin next = new FakeTwin();
    keeper.up(next);
    thread.pass(SETTLED);
    next.answer("{\"desired\":{\"x\":1,\"$version\":4},\"reported\":{}}");
    thread.settle();
    next.accept();
    thread.settle();

    assertEquals(List.of("GET", "{\"a\":1}"), next.asked);
    assertEquals(List.of("{\"x\":1,\"$version\":4}"), desired);
    assertTrue(isDone(done));
  }

  @Test
  void shouldBackOffWhenTheHubThrottles() {
    givenSettled();
    CompletionStage<Void> done = report("{\"a\":1}");
    hub.fail(THROTTLED);
    thread.settle();
    var unused = report("{\"b\":2}");
    keeper.askForDesired();
    thread.pass(4_999);
    assertEquals(1, hub.asked.size(), "another wish does not cut the pause short");

    thread.pass(5_001);
    assertEquals(2, hub.asked.size());
    hub.fail(THROTTLED);
    thread.pass(9_999);
    assertEquals(2, hub.asked.size(), "the second pause is longer");
    thread.pass(10_001);
    hub.answer("{\"desired\":{}}");
    thread.settle();
    hub.accept();
    thread.settle();
    assertEquals("{\"a\":1,\"b\":2}", hub.asked.get(3));
    assertTrue(isDone(done));
  }

  @Test
  void shouldNotRepeatWhatTheHubDoesNotTake() {
    givenSettled();
    CompletionStage<Void> refused = report("{\"a\":1}");
    hub.fail(BAD);
    thread.pass(Duration.ofDays(1).toMillis());

    assertEquals(1, hub.asked.size());
    CompletionException thrown =
        assertThrows(CompletionException.class, () -> refused.toCompletableFuture().join());
    assertTrue(thrown.getCause() instanceof LinkFailedException);
    CompletionStage<Void> next = report("{\"b\":2}");
    hub.accept();
    thread.settle();
    assertTrue(isDone(next));
    assertEquals("{\"b\":2}", hub.asked.get(1));
  }

  @Test
  void shouldRefuseMoreThanATwinHolds() {
    givenSettled();
    String text = "x".repeat(4_000);
    for (int i = 0; i < 8; i++) {
      var unused = report("{\"p" + i + "\":\"" + text + "\"}");
      hub.accept();
      thread.settle();
    }
    CompletionStage<Void> tooMuch = report("{\"p8\":\"" + text + "\"}");

    assertTrue(tooMuch.toCompletableFuture().isCompletedExceptionally());
    assertEquals(8, hub.asked.size());
  }

  @Test
  void shouldReportStatisticsOnceAndThenAtTheInterval() {
    keeper = keeper(1, Duration.ofHours(2));
    givenSettled();
    assertEquals(List.of("{\"rejoin\":{\"sessions\":7}}"), hub.asked);
    hub.accept();
    thread.settle();

    FakeTwin next = new FakeTwin();
    keeper.down();
    keeper.up(next);
    thread.pass(Duration.ofMinutes(110).toMillis());
    assertEquals(List.of(), next.asked, "a reconnect is no occasion");
    thread.pass(Duration.ofMinutes(10).toMillis());
    assertEquals(1, next.asked.size());
    next.accept();
    thread.pass(Duration.ofHours(20).toMillis());
    assertEquals(2, next.asked.size(), "the answer to the second is still out");
  }

  @Test
  void shouldRefuseToReportStatisticsMoreOftenThanHourly() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new TwinSettings(STABLE, SPREAD, Duration.ofMinutes(59)));
  }

  private void givenSettled() {
    keeper.up(hub);
    thread.pass(SETTLED);
  }

  private CompletionStage<Void> report(String patch) {
    CompletionStage<Void> done = keeper.report(JsonParser.parseString(patch).getAsJsonObject());
    thread.settle();
    return done;
  }

  private static boolean isDone(CompletionStage<Void> stage) {
    CompletableFuture<Void> future = stage.toCompletableFuture();
    return future.isDone() && !future.isCompletedExceptionally();
  }

  private TwinKeeper keeper(int seed, Duration statisticsEvery) {
    return new TwinKeeper(
        "test",
        thread,
        thread,
        thread::nowMillis,
        new SplittableRandom(seed),
        new TwinSettings(STABLE, SPREAD, statisticsEvery),
        new TwinUser() {
          @Override
          public void onDesired(String json) {
            desired.add(json);
          }

          @Override
          public JsonObject statistics() {
            JsonObject facts = new JsonObject();
            facts.addProperty("sessions", 7);
            return facts;
          }
        });
  }
}
