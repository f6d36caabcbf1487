/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator.hub;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.MessageToMessageCodec;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import io.rejoin.azure.emulator.net.HttpHandler;
import java.util.List;

/**
 * Turns a request for {@code /$iothub/websocket} on the HTTPS port into an MQTT connection; lets
 * all others pass.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a connection that fails ends; nobody waits for it
final class WebSocketUpgrade extends ChannelInboundHandlerAdapter {
  private static final String PATH = "/$iothub/websocket";
  private static final int LARGEST_FRAME = 512 * 1024;

  private final HubEmulator hub;

  WebSocketUpgrade(HubEmulator hub) {
    this.hub = hub;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (!(message instanceof FullHttpRequest request) || !wantsMqtt(request)) {
      context.fireChannelRead(message);
      return;
    }
    try {
      upgrade(context, request);
    } finally {
      request.release();
    }
  }

  private static boolean wantsMqtt(FullHttpRequest request) {
    return request.uri().startsWith(PATH)
        && request.headers().containsValue(HttpHeaderNames.UPGRADE, "websocket", true);
  }

  private void upgrade(ChannelHandlerContext context, FullHttpRequest request) {
    WebSocketServerHandshaker handshaker =
        new WebSocketServerHandshakerFactory("wss://" + PATH, "mqtt", true, LARGEST_FRAME)
            .newHandshaker(request);
    if (handshaker == null) {
      WebSocketServerHandshakerFactory.sendUnsupportedVersionResponse(context.channel());
      return;
    }
    handshaker.handshake(context.channel(), request);
    ChannelPipeline pipeline = context.pipeline();
    pipeline.remove(HttpHandler.class);
    pipeline.addLast(new Frames());
    MqttConnection.addTo(pipeline, hub, MqttConnection.Carrier.WEB_SOCKET);
    pipeline.remove(this);
  }

  /** Binary frames to bytes and back; where a frame ends means nothing to MQTT. */
  private static final class Frames extends MessageToMessageCodec<WebSocketFrame, ByteBuf> {
    @Override
    protected void encode(ChannelHandlerContext context, ByteBuf bytes, List<Object> out) {
      out.add(new BinaryWebSocketFrame(bytes.retain()));
    }

    @Override
    protected void decode(ChannelHandlerContext context, WebSocketFrame frame, List<Object> out) {
      if (frame instanceof BinaryWebSocketFrame || frame instanceof ContinuationWebSocketFrame) {
        out.add(frame.content().retain());
      } else if (frame instanceof PingWebSocketFrame) {
        context.writeAndFlush(new PongWebSocketFrame(frame.content().retain()));
      } else if (frame instanceof CloseWebSocketFrame) {
        context.close();
      }
    }
  }
}
