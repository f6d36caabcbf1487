/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator.net;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.ssl.SslHandler;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** HTTP/1.1 for one connection: hands each request to a service and sends its reply. */
@SuppressWarnings("FutureReturnValueIgnored") // a connection that fails ends; nobody waits for it
public final class HttpHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
  private static final Logger logger = LoggerFactory.getLogger(HttpHandler.class);
  private static final int LONGEST_BODY = 1 << 20;
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);

  private final HttpService service;
  private final Clock clock;

  private HttpHandler(HttpService service, Clock clock) {
    this.service = service;
    this.clock = clock;
  }

  /**
   * Adds everything that HTTP needs.
   *
   * @param clock tells the time in each answer's Date header
   */
  public static void addTo(ChannelPipeline pipeline, HttpService service, Clock clock) {
    pipeline.addLast(new HttpServerCodec());
    pipeline.addLast(new HttpObjectAggregator(LONGEST_BODY));
    pipeline.addLast(new HttpHandler(service, clock));
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
    boolean keepAlive = HttpUtil.isKeepAlive(request);
    HttpReply reply = answer(callOf(context, request));
    long delay = reply.delay().toNanos();
    if (delay == 0) {
      send(context, reply, keepAlive);
    } else {
      context
          .executor()
          .schedule(() -> send(context, reply, keepAlive), delay, TimeUnit.NANOSECONDS);
    }
  }

  private HttpReply answer(HttpCall call) {
    try {
      return service.answer(call);
    } catch (RuntimeException e) {
      logger.error("The emulator failed to answer {} {}", call.method(), call.path(), e);
      return HttpReply.text(500, "text/plain", "the emulator itself failed: " + e);
    }
  }

  private void send(ChannelHandlerContext context, HttpReply reply, boolean keepAlive) {
    switch (reply.manner()) {
      case NEVER -> {}
      case HANG_UP -> context.close();
      case RAW ->
          context
              .pipeline()
              .context(HttpServerCodec.class)
              .writeAndFlush(Unpooled.wrappedBuffer(reply.body()))
              .addListener(ChannelFutureListener.CLOSE);
      case RESPOND -> respond(context, reply, keepAlive);
    }
  }

  private void respond(ChannelHandlerContext context, HttpReply reply, boolean keepAlive) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(reply.status()),
            Unpooled.wrappedBuffer(reply.body()));
    response.headers().set(HttpHeaderNames.DATE, DATE.format(clock.instant()));
    if (reply.status() != 204) {
      response.headers().set(HttpHeaderNames.CONTENT_LENGTH, reply.body().length);
    }
    reply.headers().forEach(response.headers()::set);
    HttpUtil.setKeepAlive(response, keepAlive);
    var sent = context.writeAndFlush(response);
    if (!keepAlive) {
      sent.addListener(ChannelFutureListener.CLOSE);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }

  private static HttpCall callOf(ChannelHandlerContext context, FullHttpRequest request) {
    QueryStringDecoder uri = new QueryStringDecoder(request.uri());
    Map<String, String> query = new HashMap<>();
    uri.parameters().forEach((name, values) -> query.put(name, values.get(values.size() - 1)));
    Map<String, String> headers = new HashMap<>();
    request
        .headers()
        .forEach(
            header -> headers.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
    return new HttpCall(
        request.method().name(),
        segments(uri.rawPath()),
        query,
        headers,
        ByteBufUtil.getBytes(request.content()),
        clientCertificate(context.pipeline()));
  }

  private static List<String> segments(String rawPath) {
    return Arrays.stream(rawPath.split("/"))
        .filter(segment -> !segment.isEmpty())
        .map(QueryStringDecoder::decodeComponent)
        .toList();
  }

  /** The certificate that the client of this connection showed, if it did. */
  public static Optional<X509Certificate> clientCertificate(ChannelPipeline pipeline) {
    SslHandler tls = pipeline.get(SslHandler.class);
    if (tls == null) {
      return Optional.empty();
    }
    try {
      return Optional.of((X509Certificate) tls.engine().getSession().getPeerCertificates()[0]);
    } catch (SSLPeerUnverifiedException e) {
      return Optional.empty();
    }
  }
}
