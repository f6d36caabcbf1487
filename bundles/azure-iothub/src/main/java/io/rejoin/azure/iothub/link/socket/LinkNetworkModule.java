/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.link.socket;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketException;
import java.net.URI;
import javax.net.ssl.SSLSocket;
import org.eclipse.paho.client.mqttv3.internal.NetworkModule;
import org.jspecify.annotations.Nullable;

/**
 * The connection below one MQTT session. Paho's own modules try one address only, never time out a
 * proxy, leak the socket of a WebSocket that the server closed, and drop the connection on a
 * WebSocket ping.
 */
final class LinkNetworkModule implements NetworkModule {
  private final LinkSockets sockets;
  private final URI uri;
  private final boolean webSocket;
  private @Nullable InputStream in;
  private @Nullable OutputStream out;

  LinkNetworkModule(LinkSockets sockets, URI uri, boolean webSocket) {
    this.sockets = sockets;
    this.uri = uri;
    this.webSocket = webSocket;
  }

  @Override
  public void start() throws IOException {
    SSLSocket socket = sockets.connect();
    InputStream received = new HeardInputStream(socket.getInputStream(), sockets);
    if (webSocket) {
      WebSocket upgraded =
          WebSocket.upgrade(received, socket.getOutputStream(), uri.getHost(), pathAndQuery());
      hand(upgraded.input(), upgraded.output());
    } else {
      hand(received, socket.getOutputStream());
    }
  }

  private void hand(InputStream received, OutputStream sending) {
    FirstWords words = new FirstWords();
    in = new HeldInputStream(new CloudTopicFilter(received), words);
    out = new TellingOutputStream(sending, words, sockets.sendingThread());
  }

  private String pathAndQuery() {
    return uri.getRawQuery() == null
        ? uri.getRawPath()
        : uri.getRawPath() + "?" + uri.getRawQuery();
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return opened(in);
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return opened(out);
  }

  private static <T> T opened(@Nullable T stream) throws SocketException {
    if (stream == null) {
      throw new SocketException("not connected");
    }
    return stream;
  }

  @Override
  public void stop() {
    sockets.stopped();
  }

  @Override
  public String getServerURI() {
    return uri.toString();
  }
}
