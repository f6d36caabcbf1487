/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.retry.policies;

import io.rejoin.retry.RetryDecision;
import io.rejoin.retry.RetryPolicy;
import io.rejoin.retry.RetryRequest;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;

/** A fixed interval, configured in Kura. */
@Component(
    name = FixedIntervalComponent.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    service = {RetryPolicy.class, ConfigurableComponent.class})
@Designate(ocd = FixedIntervalForm.class, factory = true)
public final class FixedIntervalComponent implements RetryPolicy, ConfigurableComponent {

  static final String PID = "io.rejoin.retry.FixedInterval";

  private final ConfiguredPolicy policy;

  @Activate
  public FixedIntervalComponent(Map<String, Object> properties) {
    policy = new ConfiguredPolicy(FixedIntervalComponent::read, properties);
  }

  @Modified
  void modified(Map<String, Object> properties) {
    policy.update(properties);
  }

  @Override
  public RetryDecision decide(RetryRequest request, RandomGenerator random) {
    return policy.decide(request, random);
  }

  private static FixedInterval read(Settings settings) {
    return new FixedInterval(
        settings.seconds("intervalSeconds", 60, 0.1, 86_400),
        settings.integer("jitterPercent", 50, 0, 100),
        CommonSettings.rules(settings));
  }
}
