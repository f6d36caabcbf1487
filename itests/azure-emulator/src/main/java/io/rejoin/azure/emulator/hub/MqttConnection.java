/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator.hub;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttIdentifierRejectedException;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttPublishVariableHeader;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttTopicSubscription;
import io.netty.handler.codec.mqtt.MqttUnacceptableProtocolVersionException;
import io.netty.handler.codec.mqtt.MqttUnsubscribeMessage;
import io.netty.handler.codec.mqtt.MqttVersion;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import io.rejoin.azure.emulator.hub.Gatekeeper.Judgement;
import io.rejoin.azure.emulator.hub.HubEvent.Kind;
import io.rejoin.azure.emulator.net.HttpHandler;
import io.rejoin.azure.emulator.net.RoundTrip;
import io.rejoin.azure.emulator.time.TokenBucket.Grant;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One device's MQTT 3.1.1 connection to a hub. Runs on its channel's thread, except where a method
 * says otherwise.
 *
 * <p>As IoT Hub's "Communicate with an IoT hub using the MQTT protocol" says: QoS 2 ends the
 * connection, QoS 2 subscriptions are granted 1, and the keep-alive is 1.5 times what the client
 * says, at most 1 767 s.
 *
 * <p>Unverified: an unknown topic filter is answered with 0x80, a publish to an unknown topic ends
 * the connection; the end is a TLS close, which a client sees as a plain end of stream; a client
 * certificate counts for nothing over WebSockets.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a connection that fails ends; nobody waits for it
final class MqttConnection extends SimpleChannelInboundHandler<MqttMessage> {
  private static final int LARGEST_PACKET = 512 * 1024;
  private static final int LARGEST_MESSAGE = 256 * 1024;
  private static final long LONGEST_KEEP_ALIVE_SECONDS = 1767;
  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(60);
  private static final int UNACCEPTABLE_VERSION = 1;
  private static final int IDENTIFIER_REJECTED = 2;
  private static final int REFUSED = 5;

  /** What the MQTT packets travel in. */
  enum Carrier {
    TLS,
    WEB_SOCKET
  }

  private final HubEmulator hub;
  private final Carrier carrier;
  private final List<Integer> withheldPubacks = new ArrayList<>();
  private @Nullable ChannelHandlerContext context;
  private volatile @Nullable DeviceSession session;
  private boolean connectSeen;

  private MqttConnection(HubEmulator hub, Carrier carrier) {
    this.hub = hub;
    this.carrier = carrier;
  }

  /** Adds everything that MQTT needs. */
  static void addTo(ChannelPipeline pipeline, HubEmulator hub, Carrier carrier) {
    pipeline.addLast(new IdleStateHandler(CONNECT_WITHIN.toSeconds(), 0, 0, TimeUnit.SECONDS));
    pipeline.addLast(new MqttDecoder(LARGEST_PACKET));
    pipeline.addLast(MqttEncoder.INSTANCE);
    pipeline.addLast(new RoundTrip(hub::roundTrip));
    pipeline.addLast(new MqttConnection(hub, carrier));
  }

  @Override
  public void handlerAdded(ChannelHandlerContext newContext) {
    context = newContext;
  }

  private ChannelHandlerContext context() {
    ChannelHandlerContext present = context;
    if (present == null) {
      throw new IllegalStateException("not in a pipeline yet");
    }
    return present;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext channel, MqttMessage message) {
    if (message.decoderResult().isFailure()) {
      onUndecodable(message.decoderResult().cause());
      return;
    }
    MqttMessageType type = message.fixedHeader().messageType();
    if (type == MqttMessageType.CONNECT && !connectSeen) {
      connectSeen = true;
      onConnect((MqttConnectMessage) message);
      return;
    }
    DeviceSession connected = session;
    if (connected == null) {
      violation(type + " before the connection was accepted");
      return;
    }
    switch (type) {
      case PUBLISH -> onPublish(connected, (MqttPublishMessage) message);
      case PUBACK -> onPuback(connected, (MqttMessageIdVariableHeader) message.variableHeader());
      case SUBSCRIBE -> onSubscribe(connected, (MqttSubscribeMessage) message);
      case UNSUBSCRIBE -> onUnsubscribe(connected, (MqttUnsubscribeMessage) message);
      case PINGREQ -> channel.writeAndFlush(MqttMessage.PINGRESP);
      case DISCONNECT -> channel.close();
      default -> violation("unexpected " + type);
    }
  }

  private void onUndecodable(Throwable cause) {
    if (cause instanceof MqttUnacceptableProtocolVersionException) {
      refuse("", UNACCEPTABLE_VERSION, "protocol version");
    } else if (cause instanceof MqttIdentifierRejectedException) {
      refuse("", IDENTIFIER_REJECTED, "client id");
    } else {
      violation("undecodable packet: " + cause.getMessage());
    }
  }

  private void onConnect(MqttConnectMessage connect) {
    hub.count(HubCount.CONNECTS);
    String deviceId = connect.payload().clientIdentifier();
    if (connect.variableHeader().version() != MqttVersion.MQTT_3_1_1.protocolLevel()) {
      refuse(deviceId, UNACCEPTABLE_VERSION, "MQTT " + connect.variableHeader().name());
      return;
    }
    HubFaults faults = hub.faults();
    if (faults.connackWithheld()) {
      context().pipeline().remove(IdleStateHandler.class);
      return;
    }
    int scripted = faults.takeRefusal();
    if (scripted != 0) {
      refuseLater(deviceId, scripted, "scripted", faults.connackDelay());
      return;
    }
    Grant grant = hub.limits().takeConnection();
    if (!grant.granted()) {
      hub.count(HubCount.THROTTLED);
      refuseLater(deviceId, REFUSED, HubError.BACKLOG_TIMEOUT.title(), faults.connackDelay());
      return;
    }
    Duration delay = faults.connackDelay().plus(grant.delay());
    Judgement judgement = judge(connect);
    if (judgement.error() != null) {
      refuseLater(deviceId, REFUSED, judgement.error() + ": " + judgement.detail(), delay);
      return;
    }
    boolean clean = connect.variableHeader().isCleanSession();
    int keepAlive = connect.variableHeader().keepAliveTimeSeconds();
    later(delay, () -> accept(deviceId, clean, keepAlive, judgement));
  }

  private Judgement judge(MqttConnectMessage connect) {
    if (hub.faults().error().isPresent()) {
      return Judgement.denied(hub.faults().error().get(), "scripted");
    }
    if (hub.limits().quotaExceeded()) {
      return Judgement.denied(HubError.QUOTA_EXCEEDED, "daily quota");
    }
    String deviceId = connect.payload().clientIdentifier();
    String problem = ConnectPacket.problem(hub.names(), deviceId, connect.payload().userName());
    if (!problem.isEmpty()) {
      return Judgement.denied(HubError.UNAUTHORIZED, problem);
    }
    byte[] password = connect.payload().passwordInBytes();
    return hub.gatekeeper()
        .judge(
            deviceId,
            password == null || password.length == 0 ? null : new String(password, UTF_8),
            carrier == Carrier.TLS
                ? HttpHandler.clientCertificate(context().pipeline())
                : Optional.empty());
  }

  private void refuseLater(String deviceId, int code, String reason, Duration delay) {
    later(delay, () -> refuse(deviceId, code, reason));
  }

  private void refuse(String deviceId, int code, String reason) {
    hub.refused(deviceId, code, reason);
    context().writeAndFlush(connack(code, false)).addListener(done -> context().close());
  }

  /** As bytes, since the codec knows the standard's return codes alone. */
  private static ByteBuf connack(int code, boolean sessionPresent) {
    return Unpooled.wrappedBuffer(
        new byte[] {0x20, 2, (byte) (sessionPresent ? 1 : 0), (byte) code});
  }

  private void accept(
      String deviceId, boolean cleanSession, int keepAliveSeconds, Judgement granted) {
    DeviceSession own = hub.session(deviceId);
    session = own;
    DeviceSession.Attached attached = own.attach(this, cleanSession);
    if (attached.displaced() != null) {
      attached.displaced().end(Kind.DISPLACED, "a newer connection has the same device id");
    }
    long silence =
        keepAliveSeconds == 0
            ? LONGEST_KEEP_ALIVE_SECONDS
            : Math.min(LONGEST_KEEP_ALIVE_SECONDS, (keepAliveSeconds * 3L + 1) / 2);
    ChannelPipeline pipeline = context().pipeline();
    pipeline.replace(
        IdleStateHandler.class, null, new IdleStateHandler(silence, 0, 0, TimeUnit.SECONDS));
    if (granted.until() != null) {
      endAt(granted.until());
    }
    context().writeAndFlush(connack(0, attached.sessionPresent()));
    hub.connected(deviceId, granted.detail());
    own.deliver();
  }

  private void endAt(Instant until) {
    Duration left = Duration.between(hub.clock().instant(), until);
    later(left, () -> end(Kind.TOKEN_EXPIRED, "token expired at " + until));
  }

  private void onPublish(DeviceSession connected, MqttPublishMessage message) {
    String topic = message.variableHeader().topicName();
    if (message.fixedHeader().qosLevel() == MqttQoS.EXACTLY_ONCE) {
      violation("QoS 2");
    } else if (topic.startsWith(connected.topics().events())) {
      onTelemetry(connected, message);
    } else if (topic.startsWith("$iothub/")) {
      if (message.fixedHeader().qosLevel() == MqttQoS.AT_LEAST_ONCE) {
        acknowledge(message.variableHeader().packetId());
      }
      onRequest(connected, topic, message.payload().toString(UTF_8));
    } else {
      violation("publish to " + topic);
    }
  }

  private void onRequest(DeviceSession connected, String topic, String body) {
    if (topic.startsWith(Topics.TWIN_GET)) {
      new TwinRequests(hub, connected, this).get(topic);
    } else if (topic.startsWith(Topics.TWIN_PATCH)) {
      new TwinRequests(hub, connected, this).patch(topic, body);
    } else if (topic.startsWith(Topics.METHOD_REPLY)) {
      onMethodReply(connected, topic, body);
    } else {
      violation("publish to " + topic);
    }
  }

  private void onTelemetry(DeviceSession connected, MqttPublishMessage message) {
    String topic = message.variableHeader().topicName();
    if (message.payload().readableBytes() + topic.length() > LARGEST_MESSAGE) {
      violation("message above 256 KB");
      return;
    }
    if (!hub.limits().takeMessage()) {
      end(Kind.DISCONNECTED, HubError.QUOTA_EXCEEDED.title());
      return;
    }
    boolean confirm = message.fixedHeader().qosLevel() == MqttQoS.AT_LEAST_ONCE;
    int packetId = message.variableHeader().packetId();
    boolean atOnce = hub.faults().pubacks() == Pubacks.AT_ONCE;
    if (confirm && atOnce) {
      puback(packetId);
      context().flush();
    }
    hub.journal()
        .add(
            connected.deviceId(),
            Properties.parse(topic.substring(connected.topics().events().length())),
            ByteBufUtil.getBytes(message.payload()),
            message.fixedHeader().qosLevel().value(),
            message.fixedHeader().isDup());
    hub.count(HubCount.MESSAGES);
    if (confirm && !atOnce) {
      confirm(packetId);
    }
  }

  private void confirm(int packetId) {
    HubFaults faults = hub.faults();
    if (faults.takeLostPuback()) {
      return;
    }
    if (faults.pubacks() == Pubacks.WITHHELD) {
      withheldPubacks.add(packetId);
    } else if (faults.pubackDelay().isZero()) {
      puback(packetId);
    } else {
      later(faults.pubackDelay(), () -> puback(packetId));
      later(faults.pubackDelay(), () -> context().flush());
    }
  }

  private void puback(int packetId) {
    acknowledge(packetId);
    hub.count(HubCount.PUBACKS);
  }

  /** Flushed when all that was read together is handled. */
  private void acknowledge(int packetId) {
    context().write(MqttMessageBuilders.pubAck().packetId(packetId).build());
  }

  /** Confirms what was withheld on this connection. From any thread. */
  void releasePubacks() {
    context()
        .executor()
        .execute(
            () -> {
              withheldPubacks.forEach(this::puback);
              withheldPubacks.clear();
              context().flush();
            });
  }

  private void onMethodReply(DeviceSession connected, String topic, String body) {
    String[] parts = topic.substring(Topics.METHOD_REPLY.length()).split("/\\?\\$rid=", 2);
    if (parts.length == 2 && parts[0].matches("-?\\d{1,9}")) {
      connected.methodReply(parts[1], new MethodReply(Integer.parseInt(parts[0]), body));
    } else {
      violation("publish to " + topic);
    }
  }

  private void onPuback(DeviceSession connected, MqttMessageIdVariableHeader header) {
    if (connected.confirm(header.messageId())) {
      hub.count(HubCount.TO_DEVICE_COMPLETED);
    }
  }

  private void onSubscribe(DeviceSession connected, MqttSubscribeMessage message) {
    var suback = MqttMessageBuilders.subAck().packetId(message.variableHeader().messageId());
    for (MqttTopicSubscription wanted : message.payload().topicSubscriptions()) {
      boolean known = connected.subscribe(wanted.topicFilter());
      boolean qos0 = wanted.qualityOfService() == MqttQoS.AT_MOST_ONCE;
      suback.addGrantedQos(
          known ? (qos0 ? MqttQoS.AT_MOST_ONCE : MqttQoS.AT_LEAST_ONCE) : MqttQoS.FAILURE);
    }
    context().writeAndFlush(suback.build());
    connected.deliver();
  }

  private void onUnsubscribe(DeviceSession connected, MqttUnsubscribeMessage message) {
    message.payload().topics().forEach(connected::unsubscribe);
    context()
        .writeAndFlush(
            MqttMessageBuilders.unsubAck().packetId(message.variableHeader().messageId()).build());
  }

  /** Sends with QoS 0. From any thread. */
  void send(String topic, String payload) {
    publish(topic, payload.getBytes(UTF_8), MqttQoS.AT_MOST_ONCE, 0, false);
  }

  /** From any thread. */
  void sendToDevice(ToDeviceQueue.Delivery delivery) {
    DeviceSession connected = session;
    if (connected != null) {
      String topic = delivery.message().topic(connected.deviceId());
      byte[] body = delivery.message().body();
      publish(topic, body, MqttQoS.AT_LEAST_ONCE, delivery.packetId(), delivery.dup());
      hub.count(HubCount.TO_DEVICE_SENT);
    }
  }

  private void publish(String topic, byte[] body, MqttQoS qos, int packetId, boolean dup) {
    context()
        .writeAndFlush(
            new MqttPublishMessage(
                new MqttFixedHeader(MqttMessageType.PUBLISH, dup, qos, false, 0),
                new MqttPublishVariableHeader(topic, packetId),
                Unpooled.wrappedBuffer(body)));
  }

  private void violation(String what) {
    end(Kind.PROTOCOL_VIOLATION, what);
  }

  /** Ends the connection; the device sees the end of the stream and no reason. From any thread. */
  void end(Kind kind, String reason) {
    DeviceSession connected = session;
    boolean present = connected != null && connected.detach(this);
    if (present || connected == null || kind == Kind.DISPLACED) {
      hub.ended(connected == null ? "" : connected.deviceId(), kind, reason);
    }
    context().channel().close();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext channel) {
    channel.flush();
  }

  @Override
  public void channelInactive(ChannelHandlerContext channel) {
    DeviceSession connected = session;
    if (connected != null && connected.detach(this)) {
      hub.ended(connected.deviceId(), Kind.DISCONNECTED, "the connection ended");
    }
    channel.fireChannelInactive();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext channel, Object event) {
    if (event instanceof IdleStateEvent) {
      if (session == null) {
        channel.channel().close();
      } else {
        end(Kind.DISCONNECTED, "nothing heard within the keep-alive");
      }
    } else {
      channel.fireUserEventTriggered(event);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext channel, Throwable cause) {
    channel.close();
  }

  /** Runs now when the delay is zero, else later unless the connection ended meanwhile. */
  private void later(Duration delay, Runnable action) {
    if (delay.isZero()) {
      action.run();
      return;
    }
    ChannelHandlerContext channel = context();
    Runnable ifActive =
        () -> {
          if (channel.channel().isActive()) {
            action.run();
          }
        };
    channel.executor().schedule(ifActive, delay.toNanos(), TimeUnit.NANOSECONDS);
  }
}
