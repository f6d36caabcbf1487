/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.outbox;

import io.rejoin.azure.iothub.message.OutgoingMessage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message as bytes in the store. The form outlives releases in both directions:
 *
 * <pre>
 * record   := version(1 byte, 1) field*
 * field    := tag(1 byte) length(4 bytes, big endian) value(length bytes)
 * </pre>
 *
 * A reader skips tags it does not know, so that a new optional field needs no new version; a new
 * version means that an old release cannot read the record, which it then sets aside.
 *
 * @param origin marks who stored it, empty for no mark
 */
record StoredForm(OutgoingMessage message, String origin) {
  private static final byte VERSION = 1;

  private static final byte BODY = 1;
  private static final byte MESSAGE_ID = 2;
  private static final byte CORRELATION_ID = 3;
  private static final byte CREATED_AT_MILLIS = 4;
  private static final byte CONTENT_TYPE = 5;
  private static final byte CONTENT_ENCODING = 6;
  private static final byte PROPERTY = 7;
  private static final byte ORIGIN = 8;

  byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(message.body().length + 128);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      text(out, MESSAGE_ID, message.messageId());
      text(out, CORRELATION_ID, message.correlationId());
      if (message.createdAtMillis() != 0) {
        field(out, CREATED_AT_MILLIS, Long.BYTES);
        out.writeLong(message.createdAtMillis());
      }
      text(out, CONTENT_TYPE, message.contentType());
      text(out, CONTENT_ENCODING, message.contentEncoding());
      for (Map.Entry<String, String> property : message.properties().entrySet()) {
        property(out, property.getKey(), property.getValue());
      }
      if (!origin.isEmpty()) {
        text(out, ORIGIN, origin);
      }
      field(out, BODY, message.body().length);
      out.write(message.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads a record back.
   *
   * @throws IllegalArgumentException if these are not the bytes of a record that this release knows
   */
  static StoredForm fromBytes(byte[] bytes) {
    try {
      return new Reader(ByteBuffer.wrap(bytes)).read();
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("the record is cut off", e);
    }
  }

  private static void field(DataOutputStream out, byte tag, int length) throws IOException {
    out.writeByte(tag);
    out.writeInt(length);
  }

  private static void text(DataOutputStream out, byte tag, @Nullable String value)
      throws IOException {
    if (value != null) {
      byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
      field(out, tag, utf8.length);
      out.write(utf8);
    }
  }

  /** A property's value is: length of the name (4 bytes), name, value. */
  private static void property(DataOutputStream out, String name, String value) throws IOException {
    byte[] nameUtf8 = name.getBytes(StandardCharsets.UTF_8);
    byte[] valueUtf8 = value.getBytes(StandardCharsets.UTF_8);
    field(out, PROPERTY, Integer.BYTES + nameUtf8.length + valueUtf8.length);
    out.writeInt(nameUtf8.length);
    out.write(nameUtf8);
    out.write(valueUtf8);
  }

  private static final class Reader {
    private final ByteBuffer in;
    private byte @Nullable [] body;
    private @Nullable String messageId;
    private @Nullable String correlationId;
    private long createdAtMillis;
    private @Nullable String contentType;
    private @Nullable String contentEncoding;
    private final Map<String, String> properties = new HashMap<>();
    private String origin = "";

    Reader(ByteBuffer in) {
      this.in = in;
    }

    StoredForm read() {
      byte version = in.get();
      if (version != VERSION) {
        throw new IllegalArgumentException("the record has the unknown version " + version);
      }
      while (in.hasRemaining()) {
        byte tag = in.get();
        field(tag, slice(in, in.getInt()));
      }
      if (body == null || messageId == null) {
        throw new IllegalArgumentException("the record has no body or no message id");
      }
      return new StoredForm(
          new OutgoingMessage(
              body,
              messageId,
              correlationId,
              createdAtMillis,
              contentType,
              contentEncoding,
              properties,
              1),
          origin);
    }

    private void field(byte tag, ByteBuffer value) {
      switch (tag) {
        case BODY -> body = bytes(value);
        case MESSAGE_ID -> messageId = text(value);
        case CORRELATION_ID -> correlationId = text(value);
        case CREATED_AT_MILLIS -> createdAtMillis = value.getLong();
        case CONTENT_TYPE -> contentType = text(value);
        case CONTENT_ENCODING -> contentEncoding = text(value);
        case PROPERTY -> properties.put(text(slice(value, value.getInt())), text(value));
        case ORIGIN -> origin = text(value);
        default -> {
          // Written by a newer release, which can do without it.
        }
      }
    }

    private static ByteBuffer slice(ByteBuffer from, int length) {
      if (length < 0 || length > from.remaining()) {
        throw new BufferUnderflowException();
      }
      ByteBuffer slice = from.slice(from.position(), length);
      from.position(from.position() + length);
      return slice;
    }

    private static byte[] bytes(ByteBuffer from) {
      byte[] bytes = new byte[from.remaining()];
      from.get(bytes);
      return bytes;
    }

    private static String text(ByteBuffer from) {
      return new String(bytes(from), StandardCharsets.UTF_8);
    }
  }
}
