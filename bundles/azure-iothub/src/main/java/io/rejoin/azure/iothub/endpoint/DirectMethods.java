/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.endpoint;

import io.rejoin.azure.iothub.message.DirectMethodAnswer;
import io.rejoin.azure.iothub.payload.JsonPayloads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.subscriber.listener.CloudSubscriberListener;
import org.eclipse.kura.message.KuraPayload;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands calls of direct methods to the subscribers that serve them, and answers the caller. */
final class DirectMethods {
  private static final Logger logger = LoggerFactory.getLogger(DirectMethods.class);

  private static final DirectMethodAnswer DONE = new DirectMethodAnswer(200, "null");
  private static final int NOT_FOUND = 404;
  private static final int FAILED = 500;
  private static final int TIMED_OUT = 504;

  private record Served(MethodSubscription method, CloudSubscriberListener by) {}

  private final Consumer<Runnable> later;
  private final List<Served> served = new ArrayList<>();
  private final Map<String, CompletableFuture<DirectMethodAnswer>> calls =
      new ConcurrentHashMap<>();

  /**
   * Starts without subscribers.
   *
   * @param later runs what must not run in the caller's thread
   */
  DirectMethods(Consumer<Runnable> later) {
    this.later = later;
  }

  synchronized void serve(MethodSubscription method, CloudSubscriberListener by) {
    served.add(new Served(method, by));
  }

  synchronized void forget(CloudSubscriberListener listener) {
    served.removeIf(each -> each.by() == listener);
  }

  CompletionStage<DirectMethodAnswer> call(String name, String payload) {
    List<Served> serving = serving(name);
    if (serving.isEmpty()) {
      return CompletableFuture.completedStage(
          DirectMethodAnswer.error(NOT_FOUND, "the gateway has no method " + name));
    }
    String id = UUID.randomUUID().toString();
    CompletableFuture<DirectMethodAnswer> answer = new CompletableFuture<>();
    calls.put(id, answer);
    later.accept(() -> hand(serving, id, name, payload, answer));
    Duration limit = serving.get(0).method().answerWithin();
    return answer
        .completeOnTimeout(
            DirectMethodAnswer.error(TIMED_OUT, "no answer within " + limit.toSeconds() + " s"),
            limit.toMillis(),
            TimeUnit.MILLISECONDS)
        .whenComplete((given, error) -> calls.remove(id));
  }

  /** Those that name the method, or else those that take any. */
  private synchronized List<Served> serving(String name) {
    List<Served> named = served.stream().filter(each -> each.method().name().equals(name)).toList();
    return named.isEmpty()
        ? served.stream().filter(each -> each.method().name().isEmpty()).toList()
        : named;
  }

  private static void hand(
      List<Served> to,
      String id,
      String name,
      String payload,
      CompletableFuture<DirectMethodAnswer> answer) {
    boolean done = true;
    for (Served each : to) {
      try {
        each.by().onMessageArrived(message(id, name, payload));
        done = done && !each.method().answeredByPublisher();
      } catch (RuntimeException e) {
        logger.warn("A subscriber failed on direct method {}", name, e);
        answer.complete(DirectMethodAnswer.error(FAILED, "the method failed: " + e));
      }
    }
    if (done) {
      answer.complete(DONE);
    }
  }

  private static KuraMessage message(String id, String name, String payload) {
    KuraPayload kura = JsonPayloads.toKura(payload);
    Map<String, Object> properties =
        Map.of(MethodProperties.NAME, name, MethodProperties.REQUEST_ID, id);
    properties.forEach(kura::addMetric);
    return new KuraMessage(kura, properties);
  }

  /** Answers a call; false when nobody waits for it, or not any more. */
  boolean answer(String id, DirectMethodAnswer given) {
    CompletableFuture<DirectMethodAnswer> call = calls.remove(id);
    return call != null && call.complete(given);
  }
}
