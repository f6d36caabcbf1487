/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.dps.https;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rejoin.azure.dps.protocol.DpsAnswer;
import io.rejoin.azure.dps.protocol.DpsCall;
import io.rejoin.azure.dps.testing.ScriptedService;
import io.rejoin.azure.dps.testing.TestKeys;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpsTransportTest {

  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final DpsCall PUT = new DpsCall("PUT", "/0ne1/registrations/pump-7", "{}");
  private static final DpsCall GET = new DpsCall("GET", "/0ne1/operations/4", null);

  private final ThreadGroup group = new ThreadGroup("test");
  private final ScriptedService service = new ScriptedService();

  @AfterEach
  void stopService() {
    service.close();
  }

  @Test
  void shouldCarryRequestAndAnswer() throws Exception {
    service.answer(202, "{\"status\":\"assigning\"}", "Retry-After", "3");

    DpsAnswer answer = send(PUT, LIMIT);

    assertEquals(202, answer.status());
    assertEquals("{\"status\":\"assigning\"}", answer.body());
    assertEquals("3", answer.retryAfter());
    assertEquals(
        List.of(
            new ScriptedService.Seen(
                "PUT",
                "/0ne1/registrations/pump-7",
                "SharedAccessSignature x",
                "application/json; charset=utf-8",
                "{}",
                "")),
        service.seen());
  }

  /** Java's client throws here as soon as an authenticator is set. */
  @Test
  void shouldHandOutARefusalWithoutChallenge() throws Exception {
    service.answer(401, "{\"errorCode\":401002}");

    assertEquals(401, send(PUT, LIMIT).status());
  }

  @Test
  void shouldNotFollowARedirect() throws Exception {
    service.answer(302, "", "Location", "https://127.0.0.1/login");

    assertEquals(302, send(GET, LIMIT).status());
    assertEquals(1, service.seen().size());
  }

  @Test
  void shouldEndWhenNoAnswerComes() {
    CountDownLatch end = new CountDownLatch(1);
    service.then(exchange -> await(end));

    assertThrows(HttpTimeoutException.class, () -> send(PUT, Duration.ofSeconds(4)));
    end.countDown();
    assertEquals(1, service.seen().size(), "a PUT is never sent twice");
  }

  /** The request's own time limit of Java's client ends with the head of the answer. */
  @Test
  void shouldEndWhenTheBodyStopsComing() {
    CountDownLatch end = new CountDownLatch(1);
    service.then(
        exchange -> {
          exchange.sendResponseHeaders(200, 1000);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
          await(end);
        });

    assertThrows(HttpTimeoutException.class, () -> send(PUT, Duration.ofSeconds(1)));
    end.countDown();
  }

  @Test
  void shouldNotSwallowAnEndlessBody() {
    service.then(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] chunk = new byte[8192];
          for (int i = 0; i < 1000; i++) {
            exchange.getResponseBody().write(chunk);
          }
          exchange.close();
        });

    IOException e = assertThrows(IOException.class, () -> send(GET, LIMIT));
    assertTrue(e.getMessage().contains("longer than"), e.getMessage());
  }

  @Test
  void shouldLeaveNoThread() throws Exception {
    for (int i = 0; i < 5; i++) {
      service.answer(200, "{}");
      send(GET, LIMIT);
    }
    awaitNoThread();
  }

  @Test
  void shouldLeaveNoThreadAfterItWasInterrupted() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    CountDownLatch asked = new CountDownLatch(1);
    service.then(
        exchange -> {
          asked.countDown();
          await(end);
        });
    FutureTask<DpsAnswer> task = start(PUT, LIMIT, TestKeys.context(null, TestKeys.server()));
    assertTrue(asked.await(20, TimeUnit.SECONDS));

    group.interrupt();

    assertThrows(ExecutionException.class, () -> task.get(20, TimeUnit.SECONDS));
    awaitNoThread();
    end.countDown();
  }

  @Test
  void shouldLeaveNoThreadWhereNobodyListens() throws Exception {
    service.close();

    assertThrows(IOException.class, () -> send(PUT, LIMIT));
    awaitNoThread();
  }

  @Test
  void shouldEndInABlackHole() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Endpoint endpoint = new Endpoint("127.0.0.1", silent.getLocalPort());

      assertThrows(
          HttpTimeoutException.class,
          () -> get(start(endpoint, PUT, Duration.ofMillis(300), trusting())));
      awaitNoThread();
    }
  }

  private DpsAnswer send(DpsCall call, Duration limit) throws IOException {
    return get(start(call, limit, trusting()));
  }

  private static SSLContext trusting() {
    return TestKeys.context(null, TestKeys.server());
  }

  private static DpsAnswer get(FutureTask<DpsAnswer> task) throws IOException {
    try {
      return task.get(30, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw new AssertionError(e.getCause());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private FutureTask<DpsAnswer> start(DpsCall call, Duration limit, SSLContext context) {
    return start(Endpoint.parse(service.endpoint(), 443), call, limit, context);
  }

  private FutureTask<DpsAnswer> start(
      Endpoint endpoint, DpsCall call, Duration limit, SSLContext context) {
    FutureTask<DpsAnswer> task =
        new FutureTask<>(
            () -> {
              try (HttpsTransport transport =
                  new HttpsTransport(
                      endpoint,
                      null,
                      () -> "SharedAccessSignature x",
                      new Tls(context, context.getDefaultSSLParameters()),
                      Duration.ofSeconds(5))) {
                return transport.send(call, limit);
              }
            });
    Thread thread = new Thread(group, task, "request");
    thread.setDaemon(true);
    thread.start();
    return task;
  }

  /** Each thread of the group, and with it every one of java.net.http's. */
  private void awaitNoThread() throws InterruptedException {
    Thread[] threads = new Thread[100];
    int count = group.enumerate(threads);
    for (int i = 0; i < count; i++) {
      threads[i].join(10_000);
      assertTrue(!threads[i].isAlive(), "still there: " + threads[i].getName());
    }
    assertEquals(0, group.activeCount());
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
