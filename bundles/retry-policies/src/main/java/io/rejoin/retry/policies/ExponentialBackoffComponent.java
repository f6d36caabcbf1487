/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.retry.policies;

import io.rejoin.retry.Backoff;
import io.rejoin.retry.Jitter;
import io.rejoin.retry.RetryDecision;
import io.rejoin.retry.RetryPolicy;
import io.rejoin.retry.RetryRequest;
import java.time.Duration;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;

/** Exponential back-off, configured in Kura. */
@Component(
    name = ExponentialBackoffComponent.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    service = {RetryPolicy.class, ConfigurableComponent.class})
@Designate(ocd = ExponentialBackoffForm.class, factory = true)
public final class ExponentialBackoffComponent implements RetryPolicy, ConfigurableComponent {

  static final String PID = "io.rejoin.retry.ExponentialBackoff";

  private static final Duration LONGEST_SPREAD = Duration.ofDays(1);

  private final ConfiguredPolicy policy;

  @Activate
  public ExponentialBackoffComponent(Map<String, Object> properties) {
    policy = new ConfiguredPolicy(ExponentialBackoffComponent::read, properties);
  }

  @Modified
  void modified(Map<String, Object> properties) {
    policy.update(properties);
  }

  @Override
  public RetryDecision decide(RetryRequest request, RandomGenerator random) {
    return policy.decide(request, random);
  }

  private static ExponentialBackoff read(Settings settings) {
    return new ExponentialBackoff(
        settings.seconds("firstDelaySeconds", 0.5, 0, 3_600),
        settings.integer("quickAttempts", 0, 0, 100),
        settings.seconds("quickIntervalSeconds", 6, 0.1, 3_600),
        backoff(settings),
        settings.integer("unansweredPercent", 12, 0, 100),
        initialSpread(settings),
        CommonSettings.rules(settings));
  }

  private static Backoff backoff(Settings settings) {
    Duration base = settings.seconds("baseSeconds", 2, 0.1, 86_400);
    double factor = settings.decimal("factor", 2, 1, 10);
    Duration cap = settings.seconds("capSeconds", 120, 0.1, 86_400);
    Jitter jitter = settings.choice("jitter", Jitter.EQUAL);
    return new Backoff(
        base, factor, settings.atLeast("capSeconds", cap, "baseSeconds", base), jitter);
  }

  private static Duration initialSpread(Settings settings) {
    Duration given = settings.seconds("initialSpreadSeconds", 0, 0, LONGEST_SPREAD.toSeconds());
    int fleetSize = settings.integer("fleetSize", 0, 0, 1_000_000);
    double rate = settings.decimal("hubConnectionsPerSecond", 100, 0.1, 1_000_000);
    if (!given.isZero()) {
      return given;
    }
    Duration needed = ExponentialBackoff.initialSpread(fleetSize, rate);
    if (needed.compareTo(LONGEST_SPREAD) > 0) {
      settings.problem(
          "fleetSize %d at hubConnectionsPerSecond %s needs a spread of %d s, but %d is the most"
              .formatted(fleetSize, rate, needed.toSeconds(), LONGEST_SPREAD.toSeconds()));
    }
    return needed;
  }
}
