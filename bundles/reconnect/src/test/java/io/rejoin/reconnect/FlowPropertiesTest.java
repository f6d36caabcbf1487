/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.reconnect;

import static io.rejoin.reconnect.FlowState.NEVER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rejoin.provisioning.Assignment;
import io.rejoin.provisioning.ProvisioningResult;
import io.rejoin.retry.Failure;
import io.rejoin.retry.FailureKind;
import io.rejoin.retry.RetryDecision;
import io.rejoin.retry.RetryPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.jspecify.annotations.Nullable;

/** What holds for every sequence of events, whatever their order and however absurd. */
class FlowPropertiesTest {

  private static final Assignment HUB_A = FlowScenario.HUB_A;
  private static final Assignment HUB_B = FlowScenario.HUB_B;
  private static final FailureKind[] KINDS = FailureKind.values();

  @Property(tries = 200)
  void timerIsNeverInThePastWithoutBeingActedUpon(@ForAll long seed) {
    Walk walk = new Walk(seed);
    for (int i = 0; i < 60; i++) {
      walk.step();
      walk.on(new Event.TimerElapsed(walk.at()));
      long timerAt = ReconnectFlow.timerAt(walk.state, walk.settings);
      assertTrue(timerAt > walk.now, () -> "timer " + timerAt + " at " + walk.now + walk);
    }
  }

  @Property(tries = 200)
  void thereIsNeverMoreThanOneAttemptOrQuestion(@ForAll long seed) {
    Walk walk = new Walk(seed);
    for (int i = 0; i < 60; i++) {
      walk.step();
      assertTrue(walk.alive.size() <= 1, () -> "alive: " + walk.alive + walk);
      Phase phase = walk.state.phase();
      if (phase == Phase.CONNECTING || phase == Phase.CONNECTED) {
        assertEquals(List.of(walk.state.attempt()), walk.alive, walk::toString);
      } else {
        assertEquals(List.of(), walk.alive, walk::toString);
      }
    }
  }

  @Property(tries = 200)
  void eventsOfOlderAttemptsChangeNothing(@ForAll long seed) {
    Walk walk = new Walk(seed);
    for (int i = 0; i < 60; i++) {
      walk.step();
      long old = walk.state.attempt() - 1 - walk.chance.nextInt(3);
      for (Event late : walk.reportsOf(old)) {
        Step step = walk.next(late);
        assertSame(walk.state, step.state(), () -> late + " changed " + walk);
        boolean closes = late instanceof Event.Connected;
        assertEquals(closes ? List.of(new Action.Close(old, false)) : List.of(), step.actions());
      }
    }
  }

  @Property(tries = 200)
  void hotSwapNeverLosesAnAttemptAndNeverSchedulesTwo(@ForAll long seed) {
    Walk walk = new Walk(seed);
    for (int i = 0; i < 60; i++) {
      walk.step();
      FlowState before = walk.state;
      walk.policy = walk.anyPolicy();
      Step step = walk.next(new Event.PolicyChanged(walk.at()));
      assertTrue(step.actions().size() <= 1, () -> step.actions() + "" + walk);
      boolean waits = before.phase() == Phase.WAITING || before.phase() == Phase.PARKED;
      if (before.phase() == Phase.PROVISIONING) {
        // Only the attempt that follows may move.
        assertEquals(List.of(), step.actions());
        assertEquals(Phase.PROVISIONING, step.state().phase());
        assertEquals(before.attempt(), step.state().attempt());
        assertEquals(before.failures(), step.state().failures());
      } else if (!waits) {
        assertSame(before, step.state());
      } else if (step.actions().isEmpty()) {
        assertEquals(before.failures(), step.state().failures());
        boolean willTry = ReconnectFlow.timerAt(step.state(), walk.settings) != NEVER;
        boolean gaveUp = !step.state().gaveUp().isEmpty();
        boolean waitsForDps = walk.settings.provisioned() && before.assignment() == null;
        assertTrue(willTry || gaveUp || waitsForDps, () -> "lost the attempt " + walk);
      } else {
        assertNotSame(before.phase(), step.state().phase());
      }
      walk.take(step);
    }
  }

  @Property(tries = 200)
  void nobodyConnectsWhenTheUserDoesNotWantIt(@ForAll long seed) {
    Walk walk = new Walk(seed);
    for (int i = 0; i < 30; i++) {
      walk.step();
    }
    walk.on(new Event.DisconnectRequested(walk.at()));
    for (int i = 0; i < 30; i++) {
      walk.now += walk.chance.nextLong(100_000_000);
      Event event = walk.anyEvent();
      if (!(event instanceof Event.ConnectRequested)) {
        Step step = walk.next(event);
        assertTrue(
            step.actions().stream().allMatch(Action.Close.class::isInstance),
            () -> event + " led to " + step.actions());
        assertEquals(Phase.STOPPED, step.state().phase());
        assertEquals(NEVER, ReconnectFlow.timerAt(step.state(), walk.settings));
        walk.take(step);
      }
    }
  }

  @Property(tries = 200)
  void retryAfterIsNeverShortened(
      @ForAll long seed, @ForAll @LongRange(min = 1, max = 100_000_000) long pauseMillis) {
    Walk walk = new Walk(seed);
    walk.connect();
    walk.on(
        new Event.AttemptFailed(
            walk.at(),
            walk.state.attempt(),
            new Failure(FailureKind.THROTTLED, "", 429, 0, Duration.ofMillis(pauseMillis))));
    long allowed = walk.now + pauseMillis;
    for (int i = 0; i < 30 && walk.state.outage().notBefore() == allowed; i++) {
      Event event = walk.anyEvent();
      if (event instanceof Event.TargetChanged) {
        return;
      }
      walk.on(event);
      boolean tries = walk.state.phase() == Phase.CONNECTING;
      assertTrue(!tries || walk.now >= allowed, () -> event + " came too early " + walk);
      walk.now += walk.chance.nextLong(pauseMillis / 5 + 1);
    }
  }

  @Property(tries = 200)
  void countsAndDelaysHoldAtAnyNumberOfFailures(
      @ForAll long seed, @ForAll @IntRange(min = 1) int failures) {
    Walk walk = new Walk(seed);
    walk.policy = new BuiltInPolicy();
    walk.connect();
    Reprovisioning dps = walk.state.reprovisioning();
    walk.state =
        walk.state
            .withOutage(
                new Outage(
                    failures,
                    walk.now,
                    walk.now,
                    walk.now,
                    0,
                    1,
                    false,
                    0,
                    failures,
                    "",
                    FlowScenario.SILENT,
                    null,
                    false,
                    false))
            .withReprovisioning(
                new Reprovisioning(
                    dps.cause(), failures, NEVER, Long.MIN_VALUE, false, failures, failures));
    walk.on(
        new Event.AttemptFailed(walk.at(), walk.state.attempt(), Failure.of(walk.anyKind(), "")));
    FlowState after = walk.state;
    boolean waits = after.phase() == Phase.WAITING || after.phase() == Phase.PARKED;
    if (waits) {
      assertEquals(failures == Integer.MAX_VALUE ? failures : failures + 1, after.failures());
      assertTrue(after.outage().parked() >= 0);
      assertTrue(after.reprovisioning().counted() >= 0);
      long wait = ReconnectFlow.timerAt(after, walk.settings) - walk.now;
      assertTrue(wait >= 0 && wait <= Duration.ofDays(1).toMillis(), () -> wait + " ms" + walk);
    }
  }

  @Property(tries = 200)
  void everyWaitIsBounded(@ForAll long seed) {
    Walk walk = new Walk(seed);
    walk.policy = new BuiltInPolicy();
    long longest = 0;
    for (int i = 0; i < 60; i++) {
      walk.step();
      walk.policy = new BuiltInPolicy();
      walk.on(new Event.PolicyChanged(walk.at()));
      longest = Math.max(walk.longestPause, longest);
      long timerAt = ReconnectFlow.timerAt(walk.state, walk.settings);
      boolean waitsForWhatIsMissing =
          walk.state.phase() == Phase.WAITING_FOR_DPS || walk.state.assignment() == null;
      boolean waits = walk.state.phase() == Phase.WAITING || walk.state.phase() == Phase.PARKED;
      if (waits && !waitsForWhatIsMissing) {
        long bound = walk.now + Duration.ofHours(2).toMillis() + 2 * longest;
        assertTrue(timerAt <= bound, () -> "waits for " + (timerAt - walk.now) + walk);
      }
    }
  }

  @Property(tries = 200)
  void everyStateCanBeExplained(@ForAll long seed) {
    Walk walk = new Walk(seed);
    for (int i = 0; i < 60; i++) {
      walk.step();
      String words = Explanation.of(walk.state, walk.settings, walk.now);
      assertTrue(!words.isBlank() && !words.contains("null"), words);
      boolean needsReason = walk.state.phase() == Phase.PARKED;
      assertTrue(
          !needsReason || walk.state.lastFailure() != null || words.contains("in "),
          () -> "parked without a reason: " + words + walk);
    }
  }

  /** A random walk through the flow, driven as strictly as a gateway drives it. */
  private static final class Walk {
    final SplittableRandom chance;
    final List<Long> alive = new ArrayList<>();
    final List<String> diary = new ArrayList<>();
    FlowState state = FlowState.INITIAL;
    Settings settings;
    RetryPolicy policy;
    long now;
    long wall;
    long longestPause;

    Walk(long seed) {
      chance = new SplittableRandom(seed);
      now = chance.nextInt(3) == 0 ? -chance.nextLong(1L << 50) : chance.nextLong(1L << 50);
      wall = chance.nextLong(4_000_000_000_000L);
      SettingsBuilder builder =
          chance.nextBoolean() ? Settings.recommended() : Settings.documented();
      ProvisioningMode[] modes = ProvisioningMode.values();
      settings =
          builder
              .provisioned(chance.nextBoolean())
              .mode(modes[chance.nextInt(modes.length)])
              .failuresBeforeDps(1 + chance.nextInt(10))
              .build();
      policy = anyPolicy();
    }

    void connect() {
      on(new Event.ProvisionerChanged(at(), true, HUB_A));
      on(new Event.ConnectRequested(at()));
      if (state.phase() == Phase.WAITING_FOR_DPS) {
        now = ReconnectFlow.timerAt(state, settings);
        on(new Event.TimerElapsed(at()));
      }
      if (state.phase() == Phase.PROVISIONING) {
        on(new Event.Provisioned(at(), state.attempt(), new ProvisioningResult.Assigned(HUB_A)));
      }
      assertEquals(Phase.CONNECTING, state.phase());
    }

    /** The next thing that happens: mostly what is under way ends, or the timer elapses. */
    void step() {
      long wanted = ReconnectFlow.timerAt(state, settings);
      if (chance.nextInt(3) > 0 && wanted != NEVER) {
        now = Math.max(now, wanted);
        on(new Event.TimerElapsed(at()));
      } else if (chance.nextInt(3) > 0) {
        pass(chance.nextLong(60_000));
        List<Event> reports = reportsOf(state.attempt());
        on(reports.get(chance.nextInt(reports.size())));
      } else {
        pass(chance.nextLong(chance.nextBoolean() ? 5_000 : 10_000_000));
        on(anyEvent());
      }
    }

    private void pass(long millis) {
      now += millis;
      wall += chance.nextInt(20) == 0 ? chance.nextLong(100_000_000) - 50_000_000 : millis;
    }

    Moment at() {
      return new Moment(now, wall);
    }

    void on(Event event) {
      take(next(event));
      diary.add(event + " -> " + state.phase());
    }

    Step next(Event event) {
      ends(event);
      return ReconnectFlow.next(state, event, policy, settings, chance);
    }

    /** An attempt that has failed, or a session that was lost, is over without being closed. */
    private void ends(Event event) {
      if (event instanceof Event.AttemptFailed failed && state.phase() == Phase.CONNECTING) {
        alive.remove(failed.attempt());
      } else if (event instanceof Event.ConnectionLost lost && state.phase() == Phase.CONNECTED) {
        alive.remove(lost.attempt());
      }
    }

    void take(Step step) {
      for (Action action : step.actions()) {
        if (action instanceof Action.Open open) {
          assertEquals(List.of(), alive, () -> "opens a second one" + this);
          alive.add(open.attempt());
        } else if (action instanceof Action.Close close) {
          alive.remove(close.attempt());
        }
      }
      state = step.state();
    }

    List<Event> reportsOf(long attempt) {
      return List.of(
          new Event.Connected(
              at(), attempt, chance.nextBoolean() ? NEVER : chance.nextLong(99_999)),
          new Event.AttemptFailed(at(), attempt, anyFailure()),
          new Event.ConnectionLost(at(), attempt, anyFailure(), chance.nextLong(-5, 500_000)),
          new Event.Probed(at(), attempt, chance.nextInt(3) == 0 ? null : anyFailure()),
          new Event.Provisioned(at(), attempt, anyResult()));
    }

    Event anyEvent() {
      Hint[] hints = Hint.values();
      return switch (chance.nextInt(12)) {
        case 0 -> new Event.ConnectRequested(at());
        case 1 -> new Event.DisconnectRequested(at());
        case 2 -> new Event.TimerElapsed(at());
        case 3 -> new Event.PolicyChanged(at());
        case 4 -> new Event.TargetChanged(at(), anyHub());
        case 5, 6 -> new Event.Hinted(at(), hints[chance.nextInt(hints.length)]);
        case 7 -> new Event.ReconnectRequested(at(), chance.nextLong(-10, 100_000));
        case 8 -> new Event.ReprovisionRequested(at(), chance.nextLong(-10, 100_000));
        case 9 -> new Event.ProvisionerChanged(at(), chance.nextInt(4) > 0, anyHub());
        default -> new Event.ConnectRequested(at());
      };
    }

    private @Nullable Assignment anyHub() {
      return switch (chance.nextInt(3)) {
        case 0 -> HUB_A;
        case 1 -> HUB_B;
        default -> null;
      };
    }

    private ProvisioningResult anyResult() {
      Assignment hub = anyHub();
      if (hub != null) {
        return new ProvisioningResult.Assigned(hub);
      }
      return chance.nextBoolean()
          ? new ProvisioningResult.NotRegistered()
          : new ProvisioningResult.Failed(anyFailure());
    }

    FailureKind anyKind() {
      return KINDS[chance.nextInt(KINDS.length)];
    }

    Failure anyFailure() {
      Duration retryAfter = chance.nextInt(6) == 0 ? anyPause() : null;
      int subCode = chance.nextInt(3) == 0 ? 503001 : 0;
      return new Failure(anyKind(), "", 0, subCode, retryAfter);
    }

    private Duration anyPause() {
      Duration pause = Duration.ofMillis(chance.nextLong(10_000_000));
      longestPause = Math.max(longestPause, pause.toMillis());
      return pause;
    }

    RetryPolicy anyPolicy() {
      int kind = chance.nextInt(4);
      long seconds = chance.nextLong(3_600);
      return (request, random) -> decide(kind, seconds, request.failures(), random);
    }

    private static RetryDecision decide(
        int kind, long seconds, int failures, RandomGenerator random) {
      return switch (kind) {
        case 0 -> RetryDecision.after(Duration.ofSeconds(seconds));
        case 1 -> RetryDecision.after(Duration.ofMillis(random.nextLong(100_000)));
        case 2 -> failures > 3 ? RetryDecision.stop("") : RetryDecision.after(Duration.ZERO);
        default -> RetryDecision.after(Duration.ofMillis(1 + seconds));
      };
    }

    @Override
    public String toString() {
      return "\n" + String.join("\n", diary) + "\n" + state;
    }
  }
}
