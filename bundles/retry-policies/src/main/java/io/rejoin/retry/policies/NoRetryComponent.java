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

/** No retry, configured in Kura. */
@Component(
    name = NoRetryComponent.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    service = {RetryPolicy.class, ConfigurableComponent.class})
@Designate(ocd = NoRetryForm.class, factory = true)
public final class NoRetryComponent implements RetryPolicy, ConfigurableComponent {

  static final String PID = "io.rejoin.retry.NoRetry";

  private final ConfiguredPolicy policy;

  @Activate
  public NoRetryComponent(Map<String, Object> properties) {
    policy = new ConfiguredPolicy(NoRetryComponent::read, properties);
  }

  @Modified
  void modified(Map<String, Object> properties) {
    policy.update(properties);
  }

  @Override
  public RetryDecision decide(RetryRequest request, RandomGenerator random) {
    return policy.decide(request, random);
  }

  private static NoRetry read(Settings settings) {
    return new NoRetry(settings.text("reason", "no-retry-configured", 1, 200));
  }
}
