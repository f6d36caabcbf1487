/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.dps.https;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rejoin.azure.dps.identity.Attestation;
import io.rejoin.azure.dps.protocol.DpsClient;
import io.rejoin.azure.dps.protocol.DpsErrors;
import io.rejoin.azure.dps.protocol.DpsLimits;
import io.rejoin.azure.dps.protocol.DpsReply;
import io.rejoin.azure.dps.protocol.DpsReply.Failed;
import io.rejoin.azure.dps.protocol.DpsReply.Fate;
import io.rejoin.azure.dps.protocol.DpsTime;
import io.rejoin.azure.dps.protocol.Registration;
import io.rejoin.azure.dps.testing.ConnectProxy;
import io.rejoin.azure.dps.testing.ScriptedService;
import io.rejoin.azure.dps.testing.SocketService;
import io.rejoin.azure.dps.testing.TestKeys;
import io.rejoin.retry.FailureKind;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What real sockets and Java's real exceptions are taken for, and whether a token is kept. */
class FailuresOnTheWireTest {

  private static final String STATE =
      "{\"status\":\"assigned\",\"assignedHub\":\"hub-a\",\"deviceId\":\"pump-7\"}";

  private final ThreadGroup group = new ThreadGroup("test");
  private boolean otherNameResolves;
  private Duration requestLimit = Duration.ofSeconds(20);
  private SSLContext tls = TestKeys.context(null, TestKeys.server());

  @Test
  void nobodyListens() throws Exception {
    int port;
    try (SocketService service = new SocketService(socket -> {})) {
      port = service.port();
    }
    expect(FailureKind.CONNECTION_REFUSED, Fate.NOT_TAKEN_ON, register("127.0.0.1", port));
  }

  @Test
  void unknownNameWhereNoNameResolves() throws Exception {
    expect(FailureKind.NAME_SERVICE_DOWN, Fate.NOT_TAKEN_ON, register("dps.invalid", 443));
  }

  @Test
  void unknownNameWhereOthersResolve() throws Exception {
    otherNameResolves = true;

    expect(FailureKind.NAME_NOT_FOUND, Fate.NOT_TAKEN_ON, register("dps.invalid", 443));
  }

  @Test
  void silenceInsteadOfAHandshake() throws Exception {
    requestLimit = Duration.ofMillis(500);
    try (SocketService service = new SocketService(socket -> socket.getInputStream().skip(9999))) {
      expect(FailureKind.TIMED_OUT, Fate.NOT_TAKEN_ON, register("127.0.0.1", service.port()));
    }
  }

  @Test
  void handshakeCutOff() throws Exception {
    try (SocketService service = new SocketService(socket -> socket.getInputStream().read())) {
      expect(FailureKind.TLS_BROKEN, Fate.NOT_TAKEN_ON, register("127.0.0.1", service.port()));
    }
  }

  @Test
  void noTlsAtAll() throws Exception {
    try (SocketService service =
        new SocketService(socket -> say(socket, "HTTP/1.1 400 Bad Request\r\n\r\n"))) {
      expect(FailureKind.TLS_BROKEN, Fate.NOT_TAKEN_ON, register("127.0.0.1", service.port()));
    }
  }

  @Test
  void untrustedCertificate() throws Exception {
    tls = TestKeys.context(null, TestKeys.serverOfAnotherName());
    try (ScriptedService service = new ScriptedService()) {
      expect(
          FailureKind.CERTIFICATE_UNTRUSTED,
          Fate.NOT_TAKEN_ON,
          register("127.0.0.1", service.port()));
      assertTrue(service.seen().isEmpty());
    }
  }

  /** A hotel's login page has a certificate of its own making for a name of its own. */
  @Test
  void untrustedCertificateForAnotherName() throws Exception {
    try (ScriptedService service = serviceWith(TestKeys.serverOfAnotherName())) {
      expect(FailureKind.CAPTIVE_PORTAL, Fate.NOT_TAKEN_ON, register("127.0.0.1", service.port()));
    }
  }

  @Test
  void trustedCertificateForAnotherName() throws Exception {
    tls = TestKeys.context(null, TestKeys.serverOfAnotherName());
    try (ScriptedService service = serviceWith(TestKeys.serverOfAnotherName())) {
      expect(FailureKind.CAPTIVE_PORTAL, Fate.NOT_TAKEN_ON, register("127.0.0.1", service.port()));
    }
  }

  @Test
  void expiredCertificate() throws Exception {
    KeyStore expired = TestKeys.serverFrom("-10d");
    tls = TestKeys.context(null, expired);
    try (ScriptedService service = serviceWith(expired)) {
      Failed failed = register("127.0.0.1", service.port());

      expect(FailureKind.CERTIFICATE_UNTRUSTED, Fate.NOT_TAKEN_ON, failed);
      assertTrue(failed.failure().detail().contains("expired"), failed.failure().detail());
    }
  }

  @Test
  void certificateNotYetValid() throws Exception {
    KeyStore future = TestKeys.serverFrom("+10d");
    tls = TestKeys.context(null, future);
    try (ScriptedService service = serviceWith(future)) {
      expect(
          FailureKind.CERTIFICATE_NOT_YET_VALID,
          Fate.NOT_TAKEN_ON,
          register("127.0.0.1", service.port()));
    }
  }

  @Test
  void closedBeforeTheAnswer() throws Exception {
    try (ScriptedService service = new ScriptedService()) {
      service.then(exchange -> exchange.close());

      expect(FailureKind.CONNECTION_CLOSED, Fate.OPEN, register("127.0.0.1", service.port()));
      assertEquals(1, service.seen().size(), "a PUT is never sent twice");
    }
  }

  @Test
  void notHttp() throws Exception {
    SSLContext context = TestKeys.context(TestKeys.server());
    try (SocketService service =
        new SocketService(
            context.getServerSocketFactory(),
            socket -> {
              socket.getInputStream().read();
              say(socket, "220 mail.example ESMTP\r\n\r\n");
            })) {
      expect(FailureKind.CAPTIVE_PORTAL, Fate.OPEN, register("127.0.0.1", service.port()));
    }
  }

  @Test
  void redirected() throws Exception {
    try (ScriptedService service = new ScriptedService()) {
      service.answer(302, "", "Location", "https://login.hotel.example/");

      expect(FailureKind.CAPTIVE_PORTAL, Fate.NOT_TAKEN_ON, register("127.0.0.1", service.port()));
    }
  }

  @Test
  void aPageInsteadOfAnAnswer() throws Exception {
    try (ScriptedService service = new ScriptedService()) {
      service.answer(200, "<html>Please log in</html>");

      expect(FailureKind.CAPTIVE_PORTAL, Fate.NOT_TAKEN_ON, register("127.0.0.1", service.port()));
    }
  }

  @Test
  void proxyThatWorks() throws Exception {
    try (ScriptedService service = new ScriptedService();
        ConnectProxy proxy = new ConnectProxy("")) {
      service.answer(200, STATE);

      assertInstanceOf(
          DpsReply.Assigned.class, lookup(service.port(), proxy(proxy.port(), "", "")));

      assertTrue(proxy.heads().get(0).startsWith("CONNECT 127.0.0.1:" + service.port() + " "));
    }
  }

  /** Java's own client would not send these: see {@link ProxyTunnel}. */
  @Test
  void proxyThatWantsCredentials() throws Exception {
    try (ScriptedService service = new ScriptedService();
        ConnectProxy proxy = new ConnectProxy("Basic Z2F0ZXdheTpvcGVuIHNlc2FtZQ==")) {
      service.answer(200, STATE);

      assertInstanceOf(
          DpsReply.Assigned.class,
          lookup(service.port(), proxy(proxy.port(), "gateway", "open sesame")));

      assertEquals(1, proxy.heads().size());
    }
  }

  @Test
  void proxyThatRefusesTheCredentials() throws Exception {
    try (ScriptedService service = new ScriptedService();
        ConnectProxy proxy = new ConnectProxy("Basic something else")) {
      DpsReply reply = lookup(service.port(), proxy(proxy.port(), "gateway", "wrong"));

      expect(FailureKind.PROXY_REFUSED, Fate.NOT_TAKEN_ON, assertInstanceOf(Failed.class, reply));
      assertTrue(service.seen().isEmpty());
    }
  }

  @Test
  void proxyThatWantsCredentialsAndGetsNone() throws Exception {
    try (ScriptedService service = new ScriptedService();
        ConnectProxy proxy = new ConnectProxy("Basic something")) {
      DpsReply reply = lookup(service.port(), proxy(proxy.port(), "", ""));

      expect(FailureKind.PROXY_REFUSED, Fate.NOT_TAKEN_ON, assertInstanceOf(Failed.class, reply));
    }
  }

  @Test
  void proxyThatIsNotThere() throws Exception {
    int port;
    try (SocketService gone = new SocketService(socket -> {})) {
      port = gone.port();
    }
    expect(
        FailureKind.PROXY_REFUSED,
        Fate.NOT_TAKEN_ON,
        assertInstanceOf(Failed.class, lookup(443, proxy(port, "gateway", "open sesame"))));
    expect(
        FailureKind.CONNECTION_REFUSED,
        Fate.NOT_TAKEN_ON,
        assertInstanceOf(Failed.class, lookup(443, proxy(port, "", ""))));
  }

  @Test
  void proxyThatSaysNo() throws Exception {
    try (SocketService no =
        new SocketService(
            socket -> say(socket, "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"))) {
      expect(
          FailureKind.PROXY_REFUSED,
          Fate.NOT_TAKEN_ON,
          assertInstanceOf(Failed.class, lookup(443, proxy(no.port(), "gateway", "x"))));
      expect(
          FailureKind.PROXY_REFUSED,
          Fate.NOT_TAKEN_ON,
          assertInstanceOf(Failed.class, lookup(443, proxy(no.port(), "", ""))));
    }
  }

  private static void expect(FailureKind kind, Fate fate, Failed failed) {
    assertEquals(kind, failed.failure().kind(), failed.failure().words());
    assertEquals(fate, failed.fate(), failed.failure().words());
    assertFalse(failed.failure().detail().isBlank());
  }

  private static Proxy proxy(int port, String user, String password) {
    return new Proxy(new Endpoint("127.0.0.1", port), user, password);
  }

  private static ScriptedService serviceWith(KeyStore keys) {
    return new ScriptedService(TestKeys.context(keys), false);
  }

  private static void say(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
    socket.getInputStream().skip(9999);
  }

  private Failed register(String host, int port) throws Exception {
    return assertInstanceOf(
        Failed.class, ask(new Endpoint(host, port), null, client -> client.register(null)));
  }

  private DpsReply lookup(int port, Proxy proxy) throws Exception {
    return ask(new Endpoint("127.0.0.1", port), proxy, DpsClient::lookup);
  }

  private interface Question {
    DpsReply ask(DpsClient client) throws InterruptedException;
  }

  private DpsReply ask(Endpoint endpoint, @Nullable Proxy proxy, Question question)
      throws Exception {
    FutureTask<DpsReply> task =
        new FutureTask<>(
            () -> {
              try (HttpsTransport transport =
                  new HttpsTransport(
                      endpoint,
                      proxy,
                      () -> "SharedAccessSignature x",
                      new Tls(tls, tls.getDefaultSSLParameters()),
                      Duration.ofSeconds(10))) {
                return question.ask(client(transport, endpoint));
              }
            });
    Thread thread = new Thread(group, task, "request");
    thread.start();
    DpsReply reply = task.get(60, TimeUnit.SECONDS);
    awaitNoThread();
    return reply;
  }

  private DpsClient client(HttpsTransport transport, Endpoint endpoint) {
    return new DpsClient(
        transport,
        new Registration("0ne1", "pump-7"),
        new DpsErrors(Attestation.SYMMETRIC_KEY, diagnosis(endpoint)),
        new DpsLimits(requestLimit, Duration.ofSeconds(40)),
        DpsTime.system(),
        new SplittableRandom(1));
  }

  private DpsErrors.Diagnosis diagnosis(Endpoint endpoint) {
    return new DpsErrors.Diagnosis() {
      @Override
      public boolean otherNameResolves() {
        return otherNameResolves;
      }

      @Override
      public boolean peerHasAnotherName() {
        return PeerInspection.showsAnotherName(endpoint, Duration.ofSeconds(10));
      }
    };
  }

  private void awaitNoThread() throws InterruptedException {
    Thread[] threads = new Thread[100];
    int count = group.enumerate(threads);
    for (int i = 0; i < count; i++) {
      threads[i].join(10_000);
      assertFalse(threads[i].isAlive(), "still there: " + threads[i].getName());
    }
  }
}
