/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package com.example.retry;

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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The component that an operator creates in Kura's console. It only turns the configuration into a
 * {@link MeteredLinkPolicy}, which decides.
 */
@Component(
    name = MeteredLink.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    service = {RetryPolicy.class, ConfigurableComponent.class})
@Designate(ocd = MeteredLinkForm.class, factory = true)
public final class MeteredLink implements RetryPolicy, ConfigurableComponent {

  static final String PID = "com.example.retry.MeteredLink";

  private static final Logger logger = LoggerFactory.getLogger(MeteredLink.class);

  private volatile MeteredLinkPolicy policy = MeteredLinkPolicy.DEFAULT;

  @Activate
  public MeteredLink(Map<String, Object> properties) {
    configure(properties);
  }

  /** Without this method a changed setting would withdraw the service for a moment. */
  @Modified
  void modified(Map<String, Object> properties) {
    configure(properties);
  }

  @Override
  public RetryDecision decide(RetryRequest request, RandomGenerator random) {
    return policy.decide(request, random);
  }

  /** Kura's server checks no limits, so the component does, and keeps what it has if they fail. */
  private void configure(Map<String, Object> properties) {
    try {
      policy =
          MeteredLinkPolicy.of(
              seconds(properties, "linkDownSeconds", 30, 1, 3_600),
              seconds(properties, "longestSeconds", 3_600, 60, 86_400));
    } catch (IllegalArgumentException e) {
      logger.warn(
          "Retry policy {} keeps its settings: {}",
          properties.get("kura.service.pid"),
          e.getMessage());
    }
  }

  private static int seconds(
      Map<String, Object> properties, String id, int fallback, int min, int max) {
    Object value = properties.getOrDefault(id, fallback);
    if (value instanceof Integer seconds && seconds >= min && seconds <= max) {
      return seconds;
    }
    throw new IllegalArgumentException(
        id + " is " + value + " but accepts a whole number from " + min + " to " + max);
  }
}
