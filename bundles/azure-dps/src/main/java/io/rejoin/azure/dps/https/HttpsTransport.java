/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.dps.https;

import io.rejoin.azure.dps.protocol.DpsAnswer;
import io.rejoin.azure.dps.protocol.DpsCall;
import io.rejoin.azure.dps.protocol.DpsTransport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * HTTPS for one conversation with the service: one client, one connection, closed at its end, so
 * that each conversation sees the addresses, the certificates and the proxy of its own time.
 *
 * <p>{@code java.net.http} of Java 17 cannot be closed: its selector thread ends when a garbage
 * collector finds the client unused, which on an idle gateway may take hours. It does end, and
 * closes its connections, when it is interrupted. It belongs to the thread group of the thread that
 * built the client; therefore a transport is built, used and closed by one thread in a group of its
 * own, and closing interrupts every other thread of that group.
 */
public final class HttpsTransport implements DpsTransport, AutoCloseable {

  /** A hundred times what the service answers. */
  private static final int LONGEST_ANSWER = 256 * 1024;

  private static final Duration GRACE = Duration.ofMillis(500);

  private final Endpoint endpoint;
  private final Supplier<@Nullable String> authorization;
  private final ThreadGroup group;
  private final ExecutorService executor;
  private final @Nullable ProxyTunnel tunnel;
  private final HttpClient client;

  /**
   * @param proxy null for the JVM's own choice
   * @param authorization the header's value for the next request, null for none
   * @param tls trust and, for X.509, the client's key
   * @param connectLimit for the TCP connection alone
   */
  public HttpsTransport(
      Endpoint endpoint,
      @Nullable Proxy proxy,
      Supplier<@Nullable String> authorization,
      Tls tls,
      Duration connectLimit)
      throws IOException {
    this.endpoint = endpoint;
    this.authorization = authorization;
    this.group = Thread.currentThread().getThreadGroup();
    this.executor = Executors.newCachedThreadPool(this::thread);
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(connectLimit)
            .executor(executor)
            .sslContext(tls.context())
            .sslParameters(tls.parameters());
    this.tunnel =
        proxy == null || proxy.user().isEmpty() ? null : new ProxyTunnel(proxy, endpoint, executor);
    if (tunnel != null) {
      builder.proxy(ProxySelector.of(tunnel.address()));
    } else if (proxy != null) {
      builder.proxy(
          ProxySelector.of(
              new InetSocketAddress(proxy.endpoint().host(), proxy.endpoint().port())));
    }
    this.client = builder.build();
  }

  private Thread thread(Runnable work) {
    Thread thread = new Thread(group, work, Thread.currentThread().getName() + " http");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public DpsAnswer send(DpsCall call, Duration limit) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint.resolve(call.path()))
            .timeout(limit)
            .header("Accept", "application/json")
            .method(call.method(), body(call));
    if (call.body() != null) {
      request.header("Content-Type", "application/json; charset=utf-8");
    }
    String token = authorization.get();
    if (token != null) {
      request.header("Authorization", token);
    }
    return await(client.sendAsync(request.build(), head -> new LimitedBody(LONGEST_ANSWER)), limit);
  }

  private static BodyPublisher body(DpsCall call) {
    return call.body() == null ? BodyPublishers.noBody() : BodyPublishers.ofString(call.body());
  }

  /**
   * Bounds the whole exchange: the request's own limit ends with the answer's head. That one has
   * precedence, since it tells a connection that was never made.
   */
  private static DpsAnswer await(CompletableFuture<HttpResponse<String>> exchange, Duration limit)
      throws IOException, InterruptedException {
    try {
      HttpResponse<String> response =
          exchange.get(limit.plus(GRACE).toNanos(), TimeUnit.NANOSECONDS);
      // Java's client hands a proxy's 407 out without a body.
      String body = response.body() == null ? "" : response.body();
      return new DpsAnswer(
          response.statusCode(),
          body,
          response.headers().firstValue("Retry-After").orElse(null),
          response.headers().firstValue("Date").orElse(null));
    } catch (TimeoutException e) {
      throw new HttpTimeoutException("no complete answer within " + limit.toMillis() + " ms");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
    } finally {
      exchange.cancel(true);
    }
  }

  /**
   * Ends every thread and connection of this transport; must be called by the thread that made it.
   */
  @Override
  public void close() {
    if (tunnel != null) {
      tunnel.close();
    }
    executor.shutdownNow();
    Thread[] threads = new Thread[group.activeCount() + 16];
    int count = group.enumerate(threads);
    for (int i = 0; i < count; i++) {
      if (threads[i] != Thread.currentThread()) {
        threads[i].interrupt();
      }
    }
  }
}
