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

/** The Java SDK's delays, configured in Kura. */
@Component(
    name = AzureSdkCompatibleComponent.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    service = {RetryPolicy.class, ConfigurableComponent.class})
@Designate(ocd = AzureSdkCompatibleForm.class, factory = true)
public final class AzureSdkCompatibleComponent implements RetryPolicy, ConfigurableComponent {

  static final String PID = "io.rejoin.retry.AzureSdkCompatible";

  private final ConfiguredPolicy policy;

  @Activate
  public AzureSdkCompatibleComponent(Map<String, Object> properties) {
    policy = new ConfiguredPolicy(AzureSdkCompatibleComponent::read, properties);
  }

  @Modified
  void modified(Map<String, Object> properties) {
    policy.update(properties);
  }

  @Override
  public RetryDecision decide(RetryRequest request, RandomGenerator random) {
    return policy.decide(request, random);
  }

  private static AzureSdkCompatible read(Settings settings) {
    int min = settings.integer("minBackoffMillis", 100, 0, 86_400_000);
    int max = settings.integer("maxBackoffMillis", 10_000, 1, 86_400_000);
    return new AzureSdkCompatible(
        min,
        settings.atLeast("maxBackoffMillis", max, "minBackoffMillis", min),
        settings.integer("deltaBackoffMillis", 100, 1, 86_400_000),
        settings.flag("firstFastRetry", true),
        CommonSettings.limits(settings));
  }
}
