/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.dps.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;

/** An HTTPS server on loopback that answers as told, in order, and remembers what it was asked. */
public final class ScriptedService implements AutoCloseable {

  /** What to do with one request. */
  public interface Turn {
    void take(HttpExchange exchange) throws IOException;
  }

  /**
   * A request as it arrived.
   *
   * @param client the name in the client's certificate, empty without one
   */
  public record Seen(
      String method,
      String path,
      String authorization,
      String contentType,
      String body,
      String client) {}

  private final HttpsServer server;
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final Queue<Turn> turns = new ConcurrentLinkedQueue<>();
  private final List<Seen> seen = new CopyOnWriteArrayList<>();

  public ScriptedService(SSLContext context, boolean wantsClientCertificate) {
    try {
      server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters ssl = context.getDefaultSSLParameters();
            ssl.setWantClientAuth(wantsClientCertificate);
            parameters.setSSLParameters(ssl);
          }
        });
    server.setExecutor(executor);
    server.createContext("/", this::handle);
    server.start();
  }

  public ScriptedService() {
    this(TestKeys.context(TestKeys.server()), false);
  }

  private void handle(HttpExchange exchange) throws IOException {
    seen.add(
        new Seen(
            exchange.getRequestMethod(),
            exchange.getRequestURI().toString(),
            header(exchange, "Authorization"),
            header(exchange, "Content-Type"),
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
            client((HttpsExchange) exchange)));
    Turn turn = turns.poll();
    if (turn == null) {
      reply(exchange, 500, "nobody told what to answer");
    } else {
      turn.take(exchange);
    }
  }

  private static String header(HttpExchange exchange, String name) {
    String value = exchange.getRequestHeaders().getFirst(name);
    return value == null ? "" : value;
  }

  private static String client(HttpsExchange exchange) {
    try {
      Principal peer = exchange.getSSLSession().getPeerPrincipal();
      return peer.getName();
    } catch (SSLPeerUnverifiedException e) {
      return "";
    }
  }

  public static void reply(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  public ScriptedService then(Turn turn) {
    turns.add(turn);
    return this;
  }

  public ScriptedService answer(int status, String body) {
    return then(exchange -> reply(exchange, status, body));
  }

  public ScriptedService answer(int status, String body, String header, String value) {
    return then(
        exchange -> {
          exchange.getResponseHeaders().set(header, value);
          reply(exchange, status, body);
        });
  }

  public List<Seen> seen() {
    return seen;
  }

  public String endpoint() {
    return "127.0.0.1:" + port();
  }

  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    executor.shutdownNow();
  }
}
