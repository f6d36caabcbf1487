/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.link.socket;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All sockets of one attempt. The SDK leaves the socket and three threads behind when a CONNECT
 * gets no answer, and waits for up to 90 s when closed; cutting its sockets from outside ends both.
 *
 * <p>The TCP sockets are cut, not the TLS ones: closing those waits for a write that is stuck in a
 * dead network. Thread-safe.
 */
public final class LinkSockets {
  private static final Logger logger = LoggerFactory.getLogger(LinkSockets.class);

  /** TLS versions to offer. */
  public static final List<String> TLS = List.of("TLSv1.3", "TLSv1.2");

  private final NameResolver resolver;
  private final Destination destination;
  private final SSLSocketFactory tls;
  private final List<String> protocols;
  private final LongSupplier nanoTime;
  private final long deadlineNanos;
  private final Set<Socket> open = new HashSet<>();
  private final SendingThread sendingThread = new SendingThread();
  private boolean closed;
  private volatile long heardNanos;
  private volatile Runnable onStopped = () -> {};

  /**
   * Sockets for one attempt.
   *
   * @param tls makes TLS of a connected socket
   * @param protocols the TLS versions to offer
   * @param nanoTime a clock that only waits: {@link System#nanoTime}
   * @param within time for name, TCP and TLS together
   */
  public LinkSockets(
      NameResolver resolver,
      Destination destination,
      SSLSocketFactory tls,
      List<String> protocols,
      LongSupplier nanoTime,
      Duration within) {
    this.resolver = resolver;
    this.destination = destination;
    this.tls = tls;
    this.protocols = List.copyOf(protocols);
    this.nanoTime = nanoTime;
    this.deadlineNanos = nanoTime.getAsLong() + within.toNanos();
    this.heardNanos = nanoTime.getAsLong();
  }

  /** Connects, through the proxy if there is one, and checks the server's certificate. */
  public SSLSocket connect() throws IOException {
    HttpProxy proxy = destination.proxy();
    Socket tcp = proxy == null ? dial(destination.host(), destination.port()) : dialProxy(proxy);
    tcp.setSoTimeout(remainingMillis());
    SSLSocket socket =
        (SSLSocket) tls.createSocket(tcp, destination.host(), destination.port(), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    parameters.setProtocols(
        Arrays.stream(socket.getEnabledProtocols())
            .filter(protocols::contains)
            .toArray(String[]::new));
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    tcp.setSoTimeout(0);
    tcp.setTcpNoDelay(false); // from now on a backlog fills its packets, as with the SDK's own
    heard();
    return socket;
  }

  private Socket dialProxy(HttpProxy proxy) throws IOException {
    Socket socket;
    try {
      socket = dial(proxy.host(), proxy.port());
    } catch (IOException e) {
      throw new ProxyRefusedException(
          "proxy " + proxy.host() + ":" + proxy.port() + " cannot be reached: " + e, e);
    }
    socket.setSoTimeout(remainingMillis());
    ProxyTunnel.open(socket, proxy, destination);
    return socket;
  }

  /** Tries each address of a name, sharing the remaining time out among those still to try. */
  private Socket dial(String host, int port) throws IOException {
    InetAddress[] addresses = resolver.resolve(host);
    IOException problem = null;
    for (int i = 0; i < addresses.length; i++) {
      InetSocketAddress address = new InetSocketAddress(addresses[i], port);
      Socket socket = register(new Socket());
      try {
        socket.connect(address, Math.max(1, remainingMillis() / (addresses.length - i)));
        socket.setTcpNoDelay(true);
        return socket;
      } catch (IOException e) {
        forget(socket);
        problem = moreTelling(problem, at(address, e));
      }
    }
    throw problem == null ? new UnknownHostException(host) : problem;
  }

  private static IOException at(InetSocketAddress address, IOException e) {
    String message = address.getAddress().getHostAddress() + ": " + e.getMessage();
    IOException named =
        e instanceof NoRouteToHostException
            ? new NoRouteToHostException(message)
            : e instanceof ConnectException
                ? new ConnectException(message)
                : e instanceof SocketTimeoutException
                    ? new SocketTimeoutException(message)
                    : new SocketException(message);
    named.initCause(e);
    return named;
  }

  /** A server that refuses says more than one that is silent, and that more than no way to it. */
  private static IOException moreTelling(@Nullable IOException one, IOException other) {
    return one == null || weight(other) > weight(one) ? other : one;
  }

  private static int weight(IOException e) {
    if (e instanceof SocketTimeoutException) {
      return 1;
    }
    return e instanceof ConnectException && !Unreachable.is(e) ? 2 : 0;
  }

  private int remainingMillis() throws SocketTimeoutException {
    long millis = (deadlineNanos - nanoTime.getAsLong()) / 1_000_000;
    if (millis <= 0) {
      throw new SocketTimeoutException("no connection in time");
    }
    return (int) Math.min(millis, Integer.MAX_VALUE);
  }

  private synchronized Socket register(Socket socket) throws SocketException {
    if (closed) {
      throw new SocketException("abandoned");
    }
    open.add(socket);
    return socket;
  }

  private void forget(Socket socket) {
    synchronized (this) {
      open.remove(socket);
    }
    cut(socket);
  }

  /** Cuts all sockets, and lets no new one open. Returns at once. */
  public void closeAll() {
    List<Socket> cut;
    synchronized (this) {
      closed = true;
      cut = List.copyOf(open);
      open.clear();
    }
    cut.forEach(LinkSockets::cut);
  }

  private static void cut(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      logger.debug("Closing a socket: {}", e.toString());
    }
  }

  /** Says what to do when the MQTT client gives its connection up, for whatever reason. */
  public void onStopped(Runnable action) {
    onStopped = action;
  }

  /** The MQTT client gave its connection up. */
  void stopped() {
    closeAll();
    onStopped.run();
  }

  SendingThread sendingThread() {
    return sendingThread;
  }

  /**
   * Makes the MQTT client's sending thread end, after the client has given its connection up. To be
   * called again until it has.
   *
   * @return whether it has ended
   */
  public boolean endSending() {
    return sendingThread.end();
  }

  /** A byte came from the server. */
  void heard() {
    heardNanos = nanoTime.getAsLong();
  }

  /** Time since the last byte from the server. */
  public Duration quiet() {
    return Duration.ofNanos(nanoTime.getAsLong() - heardNanos);
  }
}
