/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.retry.policies;

import static io.rejoin.retry.policies.Requests.asked;
import static io.rejoin.retry.policies.Requests.failed;
import static io.rejoin.retry.policies.Requests.lost;
import static io.rejoin.retry.policies.Requests.unanswered;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;

import io.rejoin.retry.FailureKind;
import io.rejoin.retry.RetryDecision;
import io.rejoin.retry.RetryPolicy;
import io.rejoin.retry.RetryRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The components of the bundle, and what SCR does with them. */
enum Components {
  EXPONENTIAL_BACKOFF(
      ExponentialBackoffComponent.PID,
      ExponentialBackoffComponent::new,
      ExponentialBackoffComponent::modified),
  FIXED_INTERVAL(
      FixedIntervalComponent.PID, FixedIntervalComponent::new, FixedIntervalComponent::modified),
  INCREMENTAL_BACKOFF(
      IncrementalBackoffComponent.PID,
      IncrementalBackoffComponent::new,
      IncrementalBackoffComponent::modified),
  RANDOM_INTERVAL(
      RandomIntervalComponent.PID, RandomIntervalComponent::new, RandomIntervalComponent::modified),
  NO_RETRY(NoRetryComponent.PID, NoRetryComponent::new, NoRetryComponent::modified),
  AZURE_SDK_COMPATIBLE(
      AzureSdkCompatibleComponent.PID,
      AzureSdkCompatibleComponent::new,
      AzureSdkCompatibleComponent::modified);

  /** The name that the operator gave the instance. */
  static final String NAME = "line 3";

  final String pid;
  private final Function<Map<String, Object>, RetryPolicy> constructor;
  private final BiConsumer<RetryPolicy, Map<String, Object>> modified;

  @SuppressWarnings("unchecked")
  <C extends RetryPolicy> Components(
      String pid,
      Function<Map<String, Object>, C> constructor,
      BiConsumer<C, Map<String, Object>> modified) {
    this.pid = pid;
    this.constructor = constructor::apply;
    this.modified = (policy, properties) -> modified.accept((C) policy, properties);
  }

  Form form() {
    return Form.of(pid);
  }

  RetryPolicy activate(Map<String, Object> settings) {
    RetryPolicy[] component = new RetryPolicy[1];
    Log.quietly(() -> component[0] = constructor.apply(configuration(settings)));
    return component[0];
  }

  void modify(RetryPolicy component, Map<String, Object> settings) {
    Log.quietly(() -> modified.accept(component, configuration(settings)));
  }

  /** Settings as they arrive: with what Kura and SCR add. */
  private Map<String, Object> configuration(Map<String, Object> settings) {
    Map<String, Object> configuration = new HashMap<>(settings);
    configuration.put("kura.service.pid", NAME);
    configuration.put("service.pid", pid + "-1700000000000-2");
    configuration.put("service.factoryPid", pid);
    configuration.put("component.id", 17L);
    return configuration;
  }

  /** What a policy answers to many different requests: the same list means the same policy. */
  static List<RetryDecision> answers(RetryPolicy policy) {
    Stream<RetryRequest> requests =
        Stream.of(
                IntStream.of(1, 2, 3, 4, 5, 6, 8, 10, 20, 1_000_000, 1_000_001)
                    .mapToObj(Requests::failed),
                IntStream.of(1, 2, 3, 4, 5, 8).mapToObj(Requests::throttled),
                Stream.of(FailureKind.CONNECTION_CLOSED, FailureKind.CONNECTION_SILENT)
                    .map(kind -> lost(kind, ZERO)),
                Stream.of(
                    failed(3, ofSeconds(31_536_000), ofSeconds(9)),
                    asked(2, ofSeconds(40)),
                    unanswered(20, ofSeconds(200))))
            .flatMap(Function.identity());
    return requests
        .flatMap(request -> seeds().map(random -> policy.decide(request, random)))
        .toList();
  }

  private static Stream<SplittableRandom> seeds() {
    return IntStream.range(0, 5).mapToObj(SplittableRandom::new);
  }
}
