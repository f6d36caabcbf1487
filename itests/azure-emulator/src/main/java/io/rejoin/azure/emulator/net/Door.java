/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator.net;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * One address and port where a service can be reached over TLS, with the faults that happen below
 * MQTT and HTTP: no listener, a listener that stays silent, a broken handshake, connections cut,
 * reset or gone silent. Thread-safe.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a connection that fails ends; nobody waits for it
public final class Door implements AutoCloseable {
  private static final int BACKLOG = 4096;
  private static final Duration HANDSHAKE_WITHIN = Duration.ofMinutes(1);

  private final Reactor reactor;
  private final Supplier<SSLEngine> tls;
  private final Consumer<ChannelPipeline> protocol;
  private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final LongAdder accepted = new LongAdder();
  private final LongAdder tlsFailures = new LongAdder();
  private volatile Greeting greeting = Greeting.SERVE;
  private volatile boolean closed;

  private InetSocketAddress address;
  private @Nullable Channel listener;

  /**
   * @param address where to listen; port 0 takes a free one at the first {@link #open}
   * @param tls an engine for each connection
   * @param protocol adds the handlers above TLS
   */
  public Door(
      Reactor reactor,
      InetSocketAddress address,
      Supplier<SSLEngine> tls,
      Consumer<ChannelPipeline> protocol) {
    this.reactor = reactor;
    this.address = address;
    this.tls = tls;
    this.protocol = protocol;
  }

  /**
   * Listens, at the same port as before when it was open already. Does nothing when open.
   *
   * @throws IOException when the address or port cannot be had, saying which
   */
  public synchronized void open() throws IOException {
    if (listener != null) {
      return;
    }
    closed = false;
    ChannelFuture bound =
        new ServerBootstrap()
            .group(reactor.acceptor(), reactor.workers())
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(new Receive())
            .bind(address)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException(
          "cannot listen on %s:%d: %s"
              .formatted(address.getHostString(), address.getPort(), bound.cause().getMessage()),
          bound.cause());
    }
    listener = bound.channel();
    address =
        new InetSocketAddress(
            address.getAddress(), ((InetSocketAddress) bound.channel().localAddress()).getPort());
  }

  /**
   * Leaves the present address, cutting all connections, and opens at the same port of another one:
   * what a client sees when a hub fails over to its other region.
   */
  public synchronized void moveTo(InetAddress newAddress) throws IOException {
    close();
    address = new InetSocketAddress(newAddress, address.getPort());
    open();
  }

  /** Stops listening, so that new connections are refused; those there are stay. */
  public synchronized void shut() {
    if (listener != null) {
      listener.close().awaitUninterruptibly();
      awaitSelect(listener.eventLoop());
      listener = null;
    }
  }

  /**
   * A closed channel keeps its port until its selector selects again: until then the kernel accepts
   * connections. What an event loop has scheduled, it runs after its next selection.
   */
  private static void awaitSelect(EventLoop loop) {
    Promise<Void> selected = GlobalEventExecutor.INSTANCE.newPromise();
    loop.execute(() -> loop.schedule(() -> selected.setSuccess(null), 1, TimeUnit.NANOSECONDS));
    selected.awaitUninterruptibly();
  }

  /** Shuts, and cuts all connections, those included that were accepted a moment ago. */
  @Override
  public void close() {
    closed = true;
    shut();
    cutAll();
  }

  public synchronized boolean isOpen() {
    return listener != null;
  }

  /** The address, with the port in use once the door was open. */
  public synchronized InetSocketAddress address() {
    return address;
  }

  /** How to receive connections from now on. */
  public void greet(Greeting newGreeting) {
    greeting = newGreeting;
  }

  public Greeting greeting() {
    return greeting;
  }

  /** Connections accepted since the start, whatever became of them. */
  public long accepted() {
    return accepted.sum();
  }

  /** TLS handshakes that failed since the start. */
  public long tlsFailures() {
    return tlsFailures.sum();
  }

  /** Sockets that are open now, silent ones included. */
  public int openConnections() {
    return connections.size();
  }

  /** Ends all connections in the orderly way: TLS close, then TCP FIN. */
  public void dropAll() {
    connections.close();
  }

  /** Ends all connections as a killed process does: TCP FIN without a word. */
  public void cutAll() {
    connections.forEach(Door::cut);
  }

  /** Ends all connections by TCP RST. */
  public void resetAll() {
    connections.forEach(Door::reset);
  }

  /** Makes all connections half-open: they stay, and nothing moves on them any more. */
  public void muteAll() {
    connections.forEach(
        channel -> {
          Mute mute = channel.pipeline().get(Mute.class);
          if (mute != null) {
            mute.mute();
          }
        });
  }

  private static void cut(Channel channel) {
    ChannelHandlerContext first = channel.pipeline().firstContext();
    if (first == null) {
      channel.close();
    } else {
      first.close();
    }
  }

  private static void reset(Channel channel) {
    channel.config().setOption(ChannelOption.SO_LINGER, 0);
    cut(channel);
  }

  private final class Receive extends ChannelInitializer<SocketChannel> {
    @Override
    protected void initChannel(SocketChannel channel) {
      accepted.increment();
      connections.add(channel);
      if (closed) {
        channel.close();
        return;
      }
      ChannelPipeline pipeline = channel.pipeline();
      switch (greeting) {
        case SERVE -> {
          pipeline.addLast(new Mute());
          pipeline.addLast(tlsHandler());
          pipeline.addLast(new CountTlsFailures());
          protocol.accept(pipeline);
        }
        case STAY_SILENT -> pipeline.addLast(new Ignore());
        case BREAK_TLS -> pipeline.addLast(new CloseAtFirstByte());
        case CLOSE -> channel.close();
        case RESET -> reset(channel);
      }
    }
  }

  /** Patient, since both ends share one machine, which may be busy. */
  private SslHandler tlsHandler() {
    SslHandler handler = new SslHandler(tls.get());
    handler.setHandshakeTimeout(HANDSHAKE_WITHIN.toSeconds(), TimeUnit.SECONDS);
    return handler;
  }

  private final class CountTlsFailures extends ChannelInboundHandlerAdapter {
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event instanceof SslHandshakeCompletionEvent handshake && !handshake.isSuccess()) {
        tlsFailures.increment();
      }
      context.fireUserEventTriggered(event);
    }
  }

  private static final class Ignore extends SimpleChannelInboundHandler<ByteBuf> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf bytes) {
      // Released by the superclass; silence is the point.
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }

  private static final class CloseAtFirstByte extends SimpleChannelInboundHandler<ByteBuf> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf bytes) {
      context.close();
    }
  }
}
