/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.retry.policies;

import io.rejoin.retry.RetryDecision;
import io.rejoin.retry.RetryPolicy;
import io.rejoin.retry.RetryRequest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A policy that follows its configuration: it decides by the last configuration that was in order.
 * One bad value leaves all of the old ones in place, so that no mixture of two configurations ever
 * runs. Never throws because of a configuration.
 */
final class ConfiguredPolicy implements RetryPolicy {

  private static final Logger logger = LoggerFactory.getLogger(ConfiguredPolicy.class);

  /** Kura's name for an instance, under which an operator picks it. */
  private static final String NAME = "kura.service.pid";

  private final Function<Settings, RetryPolicy> reader;
  private volatile RetryPolicy policy;
  private Map<String, String> values;
  private List<String> problems = List.of();

  /**
   * @param reader turns settings into a policy; where it notes a problem its result is not used
   * @param properties the first configuration; the defaults apply if it is not in order
   */
  ConfiguredPolicy(Function<Settings, RetryPolicy> reader, Map<String, Object> properties) {
    this.reader = reader;
    Settings defaults = new Settings(Map.of());
    this.policy = reader.apply(defaults);
    this.values = defaults.values();
    follow(properties, true);
  }

  /** Takes over another configuration, or keeps the present one if that is not in order. */
  void update(Map<String, Object> properties) {
    follow(properties, false);
  }

  @Override
  public RetryDecision decide(RetryRequest request, RandomGenerator random) {
    return policy.decide(request, random);
  }

  private synchronized void follow(Map<String, Object> properties, boolean first) {
    Settings settings = new Settings(properties);
    RetryPolicy read = reader.apply(settings);
    List<String> found = List.copyOf(settings.problems());
    boolean news = first || !found.equals(problems);
    problems = found;
    if (found.isEmpty()) {
      report(properties.get(NAME), settings.values(), first, news);
      policy = read;
      values = settings.values();
    } else if (news) {
      logger.warn(
          "Retry policy {} keeps its {} settings: {}",
          properties.get(NAME),
          first ? "default" : "last good",
          String.join("; ", found));
    }
  }

  private void report(@Nullable Object name, Map<String, String> now, boolean first, boolean news) {
    if (first) {
      logger.info("Retry policy {}: {}", name, words(now.keySet().stream(), now::get));
    } else if (!now.equals(values)) {
      logger.info("Retry policy {} changed: {}", name, changes(values, now));
    } else if (news) {
      logger.info("Retry policy {}: the settings are in order again", name);
    }
  }

  private static String changes(Map<String, String> before, Map<String, String> now) {
    return words(
        now.keySet().stream().filter(id -> !Objects.equals(before.get(id), now.get(id))),
        id -> before.get(id) + " -> " + now.get(id));
  }

  private static String words(Stream<String> ids, Function<String, @Nullable String> value) {
    return ids.map(id -> id + " " + value.apply(id)).collect(Collectors.joining(", "));
  }
}
