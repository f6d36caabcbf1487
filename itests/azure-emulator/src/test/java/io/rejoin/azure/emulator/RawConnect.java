/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator;

import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttVersion;
import java.nio.charset.StandardCharsets;

/** A CONNECT packet as bytes, for a client that afterwards does nothing by itself. */
final class RawConnect {
  private RawConnect() {}

  static byte[] packet(String clientId, String userName, String password, int keepAliveSeconds) {
    EmbeddedChannel encoder = new EmbeddedChannel(MqttEncoder.INSTANCE);
    encoder.writeOutbound(
        MqttMessageBuilders.connect()
            .protocolVersion(MqttVersion.MQTT_3_1_1)
            .clientId(clientId)
            .username(userName)
            .password(password.getBytes(StandardCharsets.UTF_8))
            .keepAlive(keepAliveSeconds)
            .build());
    ByteBuf bytes = encoder.readOutbound();
    byte[] packet = new byte[bytes.readableBytes()];
    bytes.readBytes(packet);
    bytes.release();
    return packet;
  }
}
