/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rejoin.azure.iothub.message.Delivery;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleKeeperTest {
  private static final Duration IDLE = Duration.ofSeconds(60);

  /** Opens at each full hour. */
  private static final Schedule HOURLY = schedule("0 0 * * * ?", Duration.ZERO);

  private final List<String> done = new ArrayList<>();
  private Instant now = Instant.parse("2026-03-01T10:20:00Z");
  private long monotonic = 5;
  private final Activity activity = new Activity(() -> monotonic);
  private ScheduleKeeper keeper = keeper(HOURLY, 1);

  @Test
  void shouldFollowTheUserAloneWithoutASchedule() {
    keeper = keeper(null, 1);
    keeper.start();
    keeper.up();
    pass(Duration.ofDays(1));
    keeper.disconnect();
    keeper.connect();
    assertEquals(List.of("on", "off", "on"), done);
    assertEquals("", keeper.words());
  }

  @Test
  void shouldConnectInTheWindowUntilThereIsNothingToDo() {
    keeper.start();
    pass(Duration.ofMinutes(39));
    assertEquals(List.of("off"), done);
    assertEquals("window closed, the next one opens at 2026-03-01T11:00:00Z", keeper.words());
    pass(Duration.ofMinutes(1));
    assertEquals(List.of("off", "on"), done);

    pass(Duration.ofMinutes(20));
    assertEquals(List.of("off", "on"), done, "it tries on until it has been connected");
    keeper.up();
    pass(IDLE.minusSeconds(5));
    Delivery watched = activity.watched(new Ignoring());
    pass(Duration.ofMinutes(10));
    assertEquals(List.of("off", "on"), done, "a message is out");
    watched.confirmed();
    pass(IDLE.minusSeconds(5));
    assertEquals(List.of("off", "on"), done);
    pass(Duration.ofSeconds(5));
    assertEquals(List.of("off", "on", "off"), done);
    keeper.down();
    assertEquals("window closed, the next one opens at 2026-03-01T12:00:00Z", keeper.words());
  }

  @Test
  void shouldNotCloseAWindowInWhichTheConnectionWasLost() {
    keeper.start();
    pass(Duration.ofMinutes(40));
    keeper.up();
    keeper.down();
    pass(Duration.ofMinutes(30));
    assertEquals(List.of("off", "on"), done);
  }

  @Test
  void shouldOpenForWhatTheUserAsksAndForUrgentMessages() {
    keeper.start();
    keeper.published(2);
    keeper.connect();
    keeper.up();
    pass(IDLE);
    keeper.published(1);
    assertEquals(List.of("off", "on", "off", "on"), done);

    keeper.disconnect();
    keeper.published(0);
    pass(Duration.ofHours(3));
    assertEquals(List.of("off", "on", "off", "on", "off"), done, "the user does not want it");
  }

  @Test
  void shouldNotTakeAChangedClockForAWindow() {
    keeper.start();
    now = now.plus(Duration.ofDays(4_000));
    keeper.tick();
    assertEquals(List.of("off", "off"), done);
    now = now.minus(Duration.ofDays(4_000));
    keeper.tick();
    assertTrue(keeper.words().endsWith("2026-03-01T11:00:00Z"), keeper.words());
    pass(Duration.ofMinutes(40));
    assertEquals("on", done.get(done.size() - 1));
  }

  @Test
  void shouldFollowAChangedSchedule() {
    keeper.start();
    keeper.schedule(schedule("0 30 * * * ?", Duration.ZERO));
    pass(Duration.ofMinutes(10));
    assertEquals(List.of("off", "off", "on"), done);
    keeper.schedule(HOURLY);
    assertEquals(List.of("off", "off", "on"), done, "the window that is open stays open");
    keeper.schedule(null);
    keeper.up();
    pass(Duration.ofHours(2));
    assertEquals(List.of("off", "off", "on", "on"), done);
    keeper.schedule(HOURLY);
    pass(Duration.ofSeconds(5));
    assertEquals("off", done.get(done.size() - 1), "long idle");
  }

  @Test
  void shouldNotOpenTheWindowsOfAFleetTogether() {
    TreeSet<Instant> opened = new TreeSet<>();
    for (int gateway = 0; gateway < 100; gateway++) {
      done.clear();
      now = Instant.parse("2026-03-01T10:59:59Z");
      keeper = keeper(schedule("0 0 * * * ?", Duration.ofMinutes(10)), gateway);
      keeper.start();
      while (done.size() < 2) {
        pass(Duration.ofSeconds(5));
      }
      opened.add(now);
    }
    assertTrue(opened.size() > 50, opened.size() + " different moments");
    assertTrue(opened.last().isBefore(Instant.parse("2026-03-01T11:10:10Z")));
  }

  @ParameterizedTest
  @CsvSource({
    "0 0 3 ? * MON-FRI, Europe/Rome, 2026-03-27T10:00:00Z, 2026-03-30T01:00:00Z",
    "0 30 2 * * ?,      Europe/Rome, 2026-03-28T10:00:00Z, 2026-03-30T00:30:00Z",
    "0 0/15 * * * ?,    UTC,         2026-03-28T10:14:59Z, 2026-03-28T10:15:00Z",
    "0 0 0 L * ?,       UTC,         2026-02-10T00:00:00Z, 2026-02-28T00:00:00Z"
  })
  void shouldUnderstandQuartzExpressions(
      String expression, String zone, String after, String expected) {
    Schedule schedule = new Schedule(expression, ZoneId.of(zone), IDLE, Duration.ZERO, -1);
    assertEquals(Instant.parse(expected), schedule.next(Instant.parse(after)));
  }

  @Test
  void shouldKnowThatAnExpressionIsOver() {
    keeper = keeper(schedule("0 0 0 1 1 ? 2020", Duration.ZERO), 1);
    keeper.start();
    pass(Duration.ofHours(1));
    assertEquals(List.of("off"), done);
    assertEquals("window closed, and the expression opens no other", keeper.words());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "hourly", "* * * * *", "0 0 25 * * ?", "0 0 0 * * *"})
  void shouldSayWhatIsNoExpression(String expression) {
    assertNotNull(Schedule.problem(expression));
    assertThrows(IllegalArgumentException.class, () -> schedule(expression, Duration.ZERO));
  }

  @Test
  void shouldTakeKurasDefaultExpression() {
    assertNull(Schedule.problem("0 0 0 ? * * *"));
  }

  private void pass(Duration time) {
    for (long left = time.toSeconds(); left > 0; left -= 5) {
      long step = Math.min(5, left);
      now = now.plusSeconds(step);
      monotonic += step * 1_000;
      keeper.tick();
    }
  }

  private static Schedule schedule(String expression, Duration spread) {
    return new Schedule(expression, ZoneOffset.UTC, IDLE, spread, 1);
  }

  private ScheduleKeeper keeper(Schedule schedule, int seed) {
    return new ScheduleKeeper(
        "test",
        () -> now,
        new SplittableRandom(seed),
        activity,
        schedule,
        new ScheduleKeeper.Switch() {
          @Override
          public void on() {
            done.add("on");
          }

          @Override
          public void off() {
            done.add("off");
          }
        });
  }

  private static final class Ignoring implements Delivery {
    @Override
    public void confirmed() {}

    @Override
    public void unconfirmed(String why) {}

    @Override
    public void rejected(String why) {}
  }
}
