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

/** Incremental back-off, configured in Kura. */
@Component(
    name = IncrementalBackoffComponent.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    service = {RetryPolicy.class, ConfigurableComponent.class})
@Designate(ocd = IncrementalBackoffForm.class, factory = true)
public final class IncrementalBackoffComponent implements RetryPolicy, ConfigurableComponent {

  static final String PID = "io.rejoin.retry.IncrementalBackoff";

  private final ConfiguredPolicy policy;

  @Activate
  public IncrementalBackoffComponent(Map<String, Object> properties) {
    policy = new ConfiguredPolicy(IncrementalBackoffComponent::read, properties);
  }

  @Modified
  void modified(Map<String, Object> properties) {
    policy.update(properties);
  }

  @Override
  public RetryDecision decide(RetryRequest request, RandomGenerator random) {
    return policy.decide(request, random);
  }

  private static IncrementalBackoff read(Settings settings) {
    Duration initial = settings.seconds("initialSeconds", 5, 0.1, 86_400);
    Duration increment = settings.seconds("incrementSeconds", 5, 0, 86_400);
    Duration cap = settings.seconds("capSeconds", 120, 0.1, 86_400);
    int jitterPercent = settings.integer("jitterPercent", 50, 0, 100);
    return new IncrementalBackoff(
        initial,
        increment,
        settings.atLeast("capSeconds", cap, "initialSeconds", initial),
        jitterPercent,
        CommonSettings.rules(settings));
  }
}
