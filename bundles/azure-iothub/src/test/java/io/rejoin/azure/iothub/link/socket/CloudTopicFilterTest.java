/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.link.socket;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.internal.wire.MqttPublish;
import org.eclipse.paho.client.mqttv3.internal.wire.MqttWireMessage;
import org.junit.jupiter.api.Test;

/** Packets are made and read by Paho's own code. */
class CloudTopicFilterTest {
  private static final byte[] CONNACK = {0x20, 2, 0, 0};
  private static final byte[] PING = {(byte) 0xd0, 0};
  private static final String START = "devices/d/messages/devicebound/";

  @Test
  void shouldPackTheTopicAndKeepTheBody() throws Exception {
    byte[] body = "body".getBytes(StandardCharsets.UTF_8);

    MqttPublish read = publish(filter(publishPacket(START + "poison=", body)));

    assertEquals(CloudTopic.pack(START + "poison="), read.getTopicName());
    assertArrayEquals(body, read.getMessage().getPayload());
    assertEquals(1, read.getMessage().getQos());
    assertEquals(7, read.getMessageId());
  }

  @Test
  void shouldPassOtherPacketsUntouched() throws Exception {
    assertArrayEquals(CONNACK, filter(CONNACK));
    byte[] method = publishPacket("$iothub/methods/POST/m/?$rid=1", new byte[200]);
    assertArrayEquals(method, filter(method));
  }

  @Property
  void shouldKeepThePacketsApartHoweverTheyAreRead(
      @ForAll("packets") List<byte[]> packets, @ForAll @IntRange(min = 1, max = 300) int chunk)
      throws Exception {
    CloudTopicFilter filter = new CloudTopicFilter(new ByteArrayInputStream(join(packets)));

    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    for (byte[] packet : packets) {
      expected.write(filter(packet));
    }
    assertArrayEquals(expected.toByteArray(), readBy(filter, chunk));
  }

  @Provide
  Arbitrary<List<byte[]>> packets() {
    Arbitrary<byte[]> publish =
        Arbitraries.integers()
            .between(0, 20_000)
            .map(size -> publishPacket(START + "n=" + size + "&none", new byte[size]));
    return Arbitraries.oneOf(Arbitraries.of(CONNACK, PING), publish).list().ofMaxSize(5);
  }

  @Test
  void shouldEndInThePacketInWhichTheStreamEnds() {
    byte[] packet = publishPacket(START + "a=b", new byte[10]);

    assertThrows(EOFException.class, () -> filter(new byte[] {0x30}));
    assertThrows(EOFException.class, () -> filter(Arrays.copyOf(packet, 3)));
  }

  @Test
  void shouldRefuseALengthThatMqttDoesNotHave() {
    byte[] noMqtt = {'H', (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 1};

    assertThrows(IOException.class, () -> filter(noMqtt));
  }

  private static byte[] filter(byte[] packets) throws IOException {
    return readBy(new CloudTopicFilter(new ByteArrayInputStream(packets)), 4096);
  }

  private static byte[] readBy(CloudTopicFilter filter, int chunk) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] buffer = new byte[chunk];
    for (int count = filter.read(buffer, 0, chunk); count >= 0; ) {
      all.write(buffer, 0, count);
      count = filter.read(buffer, 0, chunk);
    }
    return all.toByteArray();
  }

  private static byte[] join(List<byte[]> packets) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    packets.forEach(all::writeBytes);
    return all.toByteArray();
  }

  private static byte[] publishPacket(String topic, byte[] body) {
    MqttMessage message = new MqttMessage(body);
    message.setQos(1);
    MqttPublish publish = new MqttPublish(topic, message);
    publish.setMessageId(7);
    try {
      return join(List.of(publish.getHeader(), publish.getPayload()));
    } catch (MqttException e) {
      throw new IllegalStateException(e);
    }
  }

  private static MqttPublish publish(byte[] packet) throws MqttException {
    return (MqttPublish) MqttWireMessage.createWireMessage(packet);
  }
}
