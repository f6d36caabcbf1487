/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.retry.policies;

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

/** A random interval, configured in Kura. */
@Component(
    name = RandomIntervalComponent.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    service = {RetryPolicy.class, ConfigurableComponent.class})
@Designate(ocd = RandomIntervalForm.class, factory = true)
public final class RandomIntervalComponent implements RetryPolicy, ConfigurableComponent {

  static final String PID = "io.rejoin.retry.RandomInterval";

  private final ConfiguredPolicy policy;

  @Activate
  public RandomIntervalComponent(Map<String, Object> properties) {
    policy = new ConfiguredPolicy(RandomIntervalComponent::read, properties);
  }

  @Modified
  void modified(Map<String, Object> properties) {
    policy.update(properties);
  }

  @Override
  public RetryDecision decide(RetryRequest request, RandomGenerator random) {
    return policy.decide(request, random);
  }

  private static RandomInterval read(Settings settings) {
    Duration shortest = settings.seconds("shortestSeconds", 1, 0.1, 86_400);
    Duration longest = settings.seconds("longestSeconds", 120, 0.1, 86_400);
    return new RandomInterval(
        shortest,
        settings.atLeast("longestSeconds", longest, "shortestSeconds", shortest),
        CommonSettings.rules(settings));
  }
}
