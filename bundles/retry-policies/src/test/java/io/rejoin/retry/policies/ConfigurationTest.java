/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.retry.policies;

import static io.rejoin.retry.policies.Components.answers;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rejoin.retry.RetryDecision;
import io.rejoin.retry.RetryPolicy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a component does with configurations, good and bad, first and later. */
class ConfigurationTest {

  private static final Components BACKOFF = Components.EXPONENTIAL_BACKOFF;

  @Test
  void shouldFollowAChangedConfiguration() {
    RetryPolicy component = BACKOFF.activate(Map.of("capSeconds", 300.0));

    List<String> log =
        Log.of(() -> BACKOFF.modify(component, Map.of("capSeconds", 60.0, "quickAttempts", 2)));

    assertEquals(
        List.of("INFO Retry policy line 3 changed: quickAttempts 0 -> 2, capSeconds 300 -> 60"),
        log);
    assertEquals(
        answers(BACKOFF.activate(Map.of("capSeconds", 60.0, "quickAttempts", 2))),
        answers(component));
  }

  @ParameterizedTest
  @CsvSource({
    "EXPONENTIAL_BACKOFF, capSeconds, 300",
    "FIXED_INTERVAL, intervalSeconds, 300",
    "INCREMENTAL_BACKOFF, incrementSeconds, 30",
    "RANDOM_INTERVAL, longestSeconds, 300",
    "AZURE_SDK_COMPATIBLE, maxBackoffMillis, 20000"
  })
  void shouldFollowAChangedNumber(Components policy, String setting, int value) {
    RetryPolicy component = policy.activate(Map.of());
    List<RetryDecision> before = answers(component);

    policy.modify(component, Map.of(setting, value));

    assertNotEquals(before, answers(component));
    assertEquals(answers(policy.activate(Map.of(setting, value))), answers(component));
  }

  @Test
  void shouldFollowAChangedReasonNotToRetry() {
    RetryPolicy component = Components.NO_RETRY.activate(Map.of());
    Components.NO_RETRY.modify(component, Map.of("reason", "on holiday"));

    answers(component).forEach(decision -> assertEquals("on holiday", decision.reason()));
  }

  @Test
  void shouldSayNothingWhenNothingChanged() {
    RetryPolicy component = BACKOFF.activate(Map.of("capSeconds", 300.0));

    assertEquals(List.of(), Log.of(() -> BACKOFF.modify(component, Map.of("capSeconds", 300.0))));
    assertEquals(
        List.of(),
        Log.of(() -> BACKOFF.modify(component, Map.of("capSeconds", 300, "something.else", "x"))));
  }

  @Test
  void shouldKeepAllOfTheLastGoodConfigurationWhenOneValueIsBad() {
    RetryPolicy component = BACKOFF.activate(Map.of("capSeconds", 300.0));
    List<RetryDecision> before = answers(component);

    List<String> log =
        Log.of(() -> BACKOFF.modify(component, Map.of("baseSeconds", 30.0, "capSeconds", -1.0)));

    assertEquals(
        List.of(
            "WARN Retry policy line 3 keeps its last good settings:"
                + " capSeconds is -1.0 but accepts a number from 0.1 to 86400"),
        log);
    assertEquals(before, answers(component));
  }

  @Test
  void shouldStartWithTheDefaultsWhenTheFirstConfigurationIsBad() {
    RetryPolicy[] component = new RetryPolicy[1];

    List<String> log =
        Log.of(
            () ->
                component[0] =
                    BACKOFF.activate(Map.of("baseSeconds", "two", "jitter", 1, "factor", 3.0)));

    assertEquals(
        List.of(
            "WARN Retry policy line 3 keeps its default settings:"
                + " baseSeconds is \"two\" but accepts a number from 0.1 to 86400;"
                + " jitter is 1 but accepts one of none, full, equal, decorrelated"),
        log);
    assertEquals(answers(ExponentialBackoff.DEFAULT), answers(component[0]));
  }

  @Test
  void shouldComplainOnceAboutTheSameProblem() {
    RetryPolicy component = BACKOFF.activate(Map.of());
    Map<String, Object> bad = Map.of("factor", 0.5);

    assertEquals(1, Log.of(() -> BACKOFF.modify(component, bad)).size());
    assertEquals(List.of(), Log.of(() -> BACKOFF.modify(component, bad)));
    assertEquals(
        List.of("INFO Retry policy line 3: the settings are in order again"),
        Log.of(() -> BACKOFF.modify(component, Map.of())));
    assertEquals(1, Log.of(() -> BACKOFF.modify(component, bad)).size());
  }

  @Test
  void shouldTakeAMissingValueForItsDefault() {
    RetryPolicy component = BACKOFF.activate(Map.of("capSeconds", 300.0));
    Map<String, Object> cleared = new HashMap<>();
    cleared.put("capSeconds", null);

    BACKOFF.modify(component, cleared);

    assertEquals(answers(ExponentialBackoff.DEFAULT), answers(component));
  }

  @Test
  void shouldNameBothOfTwoSettingsThatContradictEachOther() {
    assertRefused(
        BACKOFF,
        Map.of("baseSeconds", 200.0),
        "capSeconds is 120 but accepts nothing below baseSeconds, which is 200");
    assertRefused(
        BACKOFF,
        Map.of("throttledBaseSeconds", 20.0, "throttledCapSeconds", 10.0),
        "throttledCapSeconds is 10 but accepts nothing below throttledBaseSeconds, which is 20");
    assertRefused(
        Components.INCREMENTAL_BACKOFF,
        Map.of("initialSeconds", 121.0),
        "capSeconds is 120 but accepts nothing below initialSeconds, which is 121");
    assertRefused(
        Components.RANDOM_INTERVAL,
        Map.of("longestSeconds", 0.5),
        "longestSeconds is 0.5 but accepts nothing below shortestSeconds, which is 1");
    assertRefused(
        Components.AZURE_SDK_COMPATIBLE,
        Map.of("minBackoffMillis", 10_001),
        "maxBackoffMillis is 10000 but accepts nothing below minBackoffMillis, which is 10001");
  }

  @Test
  void shouldNotBlameTheSecondSettingForTheFirst() {
    assertRefused(
        BACKOFF,
        Map.of("baseSeconds", 200.0, "capSeconds", 1e9),
        "capSeconds is 1.0E9 but accepts a number from 0.1 to 86400");
  }

  @Test
  void shouldRefuseASpreadOfMoreThanADay() {
    Map<String, Object> huge = Map.of("fleetSize", 1_000_000, "hubConnectionsPerSecond", 10.0);

    assertRefused(
        BACKOFF,
        huge,
        "fleetSize 1000000 at hubConnectionsPerSecond 10.0 needs a spread of 110000 s,"
            + " but 86400 is the most");
    Map<String, Object> spread = new HashMap<>(huge);
    spread.put("initialSpreadSeconds", 900.0);
    assertTrue(Log.of(() -> BACKOFF.activate(spread)).get(0).startsWith("INFO"));
  }

  @Test
  void shouldSpreadBySecondsOrByTheFleet() {
    ExponentialBackoff spread =
        ExponentialBackoff.DEFAULT.withInitialSpread(java.time.Duration.ofSeconds(1_100));

    assertEquals(
        answers(spread), answers(BACKOFF.activate(Map.of("initialSpreadSeconds", 1_100.0))));
    assertEquals(answers(spread), answers(BACKOFF.activate(Map.of("fleetSize", 100_000))));
    assertEquals(
        answers(spread),
        answers(BACKOFF.activate(Map.of("fleetSize", 200_000, "hubConnectionsPerSecond", 200.0))));
    assertEquals(
        answers(spread),
        answers(BACKOFF.activate(Map.of("initialSpreadSeconds", 1_100.0, "fleetSize", 7))));
  }

  @Test
  void shouldShowABadValueOnOneShortLine() {
    String evil = "x\n" + "y".repeat(500);

    List<String> log = Log.of(() -> BACKOFF.activate(Map.of("jitter", evil)));

    assertEquals(
        List.of(
            "WARN Retry policy line 3 keeps its default settings: jitter is \"x?"
                + "y".repeat(58)
                + "...\" but accepts one of none, full, equal, decorrelated"),
        log);
  }

  @Test
  void shouldAcceptAWholeNumberOfAnyNumericType() {
    RetryPolicy expected = BACKOFF.activate(Map.of("maxAttempts", 7, "capSeconds", 60.0));

    assertEquals(
        answers(expected),
        answers(BACKOFF.activate(Map.of("maxAttempts", 7L, "capSeconds", (short) 60))));
    assertRefused(
        BACKOFF,
        Map.of("maxAttempts", 7.5),
        "maxAttempts is 7.5 but accepts a whole number from 0 to 1000000");
  }

  @Test
  void shouldCheckTextsAndFlags() {
    assertRefused(
        Components.NO_RETRY,
        Map.of("reason", ""),
        "reason is \"\" but accepts a text of 1 to 200 characters");
    assertRefused(
        Components.NO_RETRY,
        Map.of("reason", List.of()),
        "reason is [] but accepts a text of 1 to 200 characters");
    assertRefused(
        Components.AZURE_SDK_COMPATIBLE,
        Map.of("firstFastRetry", "true"),
        "firstFastRetry is \"true\" but accepts true or false");
    assertTrue(
        Log.of(() -> Components.NO_RETRY.activate(Map.of("reason", "x".repeat(200))))
            .get(0)
            .startsWith("INFO"));
    assertRefused(
        Components.NO_RETRY,
        Map.of("reason", "x".repeat(201)),
        "reason is \"" + "x".repeat(60) + "...\" but accepts a text of 1 to 200 characters");
  }

  @Test
  void shouldStartAsTheValuesThatTheLibraryOffers() {
    assertEquals(answers(ExponentialBackoff.DEFAULT), answers(BACKOFF.activate(Map.of())));
    assertEquals(
        answers(AzureSdkCompatible.DEFAULT),
        answers(Components.AZURE_SDK_COMPATIBLE.activate(Map.of())));
    assertNotEquals(answers(ExponentialBackoff.DEFAULT), answers(AzureSdkCompatible.DEFAULT));
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void shouldSurviveAnyConfigurationAndKeepWorking(
      @ForAll Components component, @ForAll("anything") List<Object> values) {
    Map<String, Object> wild =
        component.form().settings().stream()
            .collect(
                Collectors.toMap(
                    Form.Setting::id,
                    setting -> values.get(Math.floorMod(setting.id().hashCode(), values.size()))));
    RetryPolicy[] policy = new RetryPolicy[1];

    Log.of(
        () -> {
          policy[0] = component.activate(wild);
          component.modify(policy[0], wild);
        });

    answers(policy[0]).forEach(decision -> assertTrue(!decision.delay().isNegative()));
  }

  @Provide
  Arbitrary<List<Object>> anything() {
    Arbitrary<Object> value =
        Arbitraries.oneOf(
            Arbitraries.integers().asGeneric(),
            Arbitraries.integers().between(0, 1_000).asGeneric(),
            Arbitraries.doubles().between(0, 1_000).ofScale(2).asGeneric(),
            Arbitraries.longs().asGeneric(),
            Arbitraries.doubles().asGeneric(),
            Arbitraries.of(true, false).asGeneric(),
            Arbitraries.of("equal", "full", "none", "decorrelated", "").asGeneric(),
            Arbitraries.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0));
    return value.list().ofMinSize(3).ofMaxSize(20);
  }

  private static void assertRefused(
      Components component, Map<String, Object> settings, String problem) {
    assertEquals(
        List.of("WARN Retry policy line 3 keeps its default settings: " + problem),
        Log.of(() -> component.activate(settings)));
  }
}
