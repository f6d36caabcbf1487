/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.link.socket;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Packs the properties of each cloud-to-device message so that the SDK cannot stumble over them.
 *
 * <p>IoT Hub puts a message's properties into its MQTT topic. The SDK's parser throws at a property
 * without a value, whether written {@code key} or {@code key=}, both of which IoT Hub documents,
 * and at a broken percent sign. That ends the connection; the message stays unacknowledged, so the
 * hub sends it again on every new one, for ever. Here such a topic is rewritten, on its way from
 * the socket to the MQTT client, to carry all its properties in one that is always legal; {@link
 * CloudTopic} unpacks them.
 *
 * <p>Knows as much of MQTT 3.1.1 as it takes to find a PUBLISH and its topic. For one reading
 * thread.
 */
final class CloudTopicFilter extends InputStream {
  private static final int PUBLISH = 3;

  private final InputStream in;

  /** The rewritten beginning of the present packet, and how much of it was read. */
  private byte[] head = {};

  private int headRead;

  /** How much of the present packet is still to come from the socket. */
  private int rest;

  CloudTopicFilter(InputStream in) {
    this.in = new BufferedInputStream(in);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (headRead == head.length && rest == 0 && !nextPacket()) {
      return -1;
    }
    if (headRead < head.length) {
      int count = Math.min(length, head.length - headRead);
      System.arraycopy(head, headRead, buffer, offset, count);
      headRead += count;
      return count;
    }
    int count = in.read(buffer, offset, Math.min(length, rest));
    rest -= Math.max(count, 0);
    return count;
  }

  @Override
  public int available() throws IOException {
    return head.length - headRead + in.available();
  }

  /** Reads the beginning of a packet; false at the end of the stream. */
  private boolean nextPacket() throws IOException {
    int first = in.read();
    if (first < 0) {
      return false;
    }
    int remaining = readLength();
    ByteArrayOutputStream packet = new ByteArrayOutputStream();
    DataOutputStream to = new DataOutputStream(packet);
    to.writeByte(first);
    if (first >> 4 == PUBLISH && remaining >= 2) {
      int topicLength = readByte() << 8 | readByte();
      byte[] topic = in.readNBytes(Math.min(topicLength, remaining - 2));
      byte[] packed =
          CloudTopic.pack(new String(topic, StandardCharsets.UTF_8))
              .getBytes(StandardCharsets.UTF_8);
      rest = remaining - 2 - topic.length;
      writeLength(to, 2 + packed.length + rest);
      to.writeShort(packed.length);
      to.write(packed);
    } else {
      rest = remaining;
      writeLength(to, rest);
    }
    head = packet.toByteArray();
    headRead = 0;
    return true;
  }

  /** MQTT 3.1.1, 2.2.3: seven bits a byte, lowest first, at most four bytes. */
  private int readLength() throws IOException {
    int length = 0;
    for (int shift = 0; shift < 28; shift += 7) {
      int next = readByte();
      length |= (next & 0x7f) << shift;
      if (next < 0x80) {
        return length;
      }
    }
    throw new IOException("what came is not MQTT");
  }

  private static void writeLength(DataOutputStream to, int length) throws IOException {
    int left = length;
    while (left > 0x7f) {
      to.writeByte(left & 0x7f | 0x80);
      left >>>= 7;
    }
    to.writeByte(left);
  }

  private int readByte() throws IOException {
    int next = in.read();
    if (next < 0) {
      throw new EOFException();
    }
    return next;
  }
}
