/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rejoin.azure.iothub.message.DirectMethodAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.subscriber.listener.CloudSubscriberListener;
import org.junit.jupiter.api.Test;

class DirectMethodsTest {
  private final DirectMethods methods = new DirectMethods(Runnable::run);
  private final List<KuraMessage> calls = new ArrayList<>();

  @Test
  void shouldHandACallToWhoNamesTheMethodAndAnswerWhenDone() throws Exception {
    methods.serve(method("", false), message -> calls.add(null));
    methods.serve(method("reboot", false), calls::add);

    DirectMethodAnswer answer = call("reboot", "{\"pump\":{\"delay\":3}}");

    assertEquals(new DirectMethodAnswer(200, "null"), answer);
    KuraMessage call = calls.get(0);
    assertEquals(1, calls.size());
    assertEquals("reboot", call.getProperties().get("method.name"));
    assertEquals(3L, call.getPayload().getMetric("pump.delay"));
    assertEquals("reboot", call.getPayload().getMetric("method.name"));
    assertEquals("{\"pump\":{\"delay\":3}}", new String(call.getPayload().getBody(), "UTF-8"));
  }

  @Test
  void shouldHandWhatNobodyNamesToWhoTakesAny() throws Exception {
    methods.serve(method("other", false), message -> calls.add(null));
    methods.serve(method("", false), calls::add);

    assertEquals(200, call("reboot", "7").status());
    assertEquals(7L, calls.get(0).getPayload().getMetric("value"));
  }

  @Test
  void shouldSayThatNobodyServesAMethod() throws Exception {
    CloudSubscriberListener gone = calls::add;
    methods.serve(method("reboot", false), gone);
    methods.forget(gone);

    DirectMethodAnswer answer = call("reboot", "null");
    assertEquals(404, answer.status());
    assertEquals("{\"error\":\"the gateway has no method reboot\"}", answer.payload());
  }

  @Test
  void shouldTellTheCallerWhenASubscriberFails() throws Exception {
    methods.serve(
        method("reboot", true),
        message -> {
          throw new IllegalStateException("no permission");
        });
    assertEquals(500, call("reboot", "null").status());
  }

  @Test
  void shouldWaitForThePublishersAnswer() throws Exception {
    methods.serve(method("reboot", true), calls::add);
    var answer = methods.call("reboot", "null").toCompletableFuture();
    assertFalse(answer.isDone());
    String id = (String) calls.get(0).getProperties().get("method.request.id");

    assertTrue(methods.answer(id, new DirectMethodAnswer(201, "{}")));
    assertEquals(new DirectMethodAnswer(201, "{}"), answer.get(10, TimeUnit.SECONDS));
    assertFalse(methods.answer(id, new DirectMethodAnswer(201, "{}")), "once");
    assertFalse(methods.answer("another", new DirectMethodAnswer(201, "{}")));
  }

  @Test
  void shouldTellTheCallerWhenNoAnswerComes() throws Exception {
    methods.serve(new MethodSubscription("reboot", true, Duration.ofMillis(1)), calls::add);
    assertEquals(504, call("reboot", "null").status());
  }

  private DirectMethodAnswer call(String name, String payload) throws Exception {
    return methods.call(name, payload).toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private static MethodSubscription method(String name, boolean byPublisher) {
    return new MethodSubscription(name, byPublisher, Duration.ofSeconds(20));
  }
}
