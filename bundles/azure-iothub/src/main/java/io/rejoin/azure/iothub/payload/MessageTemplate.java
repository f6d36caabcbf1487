/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.payload;

import io.rejoin.azure.iothub.message.OutgoingMessage;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloud.CloudPayloadProtoBufEncoder;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.message.KuraPayload;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a Kura message on its way to the hub. Immutable. Texts may have placeholders, see
 * {@link Placeholders}.
 *
 * @param contentType overrides the format's; empty for the format's
 * @param contentEncoding overrides the format's; empty for the format's
 * @param messageId empty for an id of our own
 * @param correlationId empty for none
 * @param properties message properties; one whose placeholder has no value is left out
 * @param qos 0 or 1
 * @param priority 0 is the most important
 */
public record MessageTemplate(
    PayloadFormat format,
    String contentType,
    String contentEncoding,
    String messageId,
    String correlationId,
    Map<String, String> properties,
    int qos,
    int priority) {

  /** Kura's own default for publishers. */
  public static final int DEFAULT_PRIORITY = 7;

  /** Kura JSON, stored and confirmed, nothing else set. */
  public static final MessageTemplate DEFAULT =
      new MessageTemplate(PayloadFormat.KURA_JSON, "", "", "", "", Map.of(), 1, DEFAULT_PRIORITY);

  public MessageTemplate {
    properties = Map.copyOf(properties);
  }

  /**
   * Makes the hub's message of Kura's.
   *
   * @param ownId the id to use unless the template gives one
   * @param protobuf Kura's encoder, null when it is not there
   * @param wallMillis the creation time of a payload that has none
   * @throws KuraException if the payload cannot be written in this format
   */
  public OutgoingMessage fill(
      KuraMessage message,
      String ownId,
      @Nullable CloudPayloadProtoBufEncoder protobuf,
      long wallMillis)
      throws KuraException {
    KuraPayload payload = message.getPayload();
    if (payload == null) {
      throw new KuraException(KuraErrorCode.BAD_REQUEST, null, "the message has no payload");
    }
    Date timestamp = payload.getTimestamp();
    String encoding = contentEncoding.isEmpty() ? format.contentEncoding() : contentEncoding;
    return new OutgoingMessage(
        body(payload, protobuf),
        orElse(Placeholders.fill(messageId, message), ownId),
        emptyToNull(Placeholders.fill(correlationId, message)),
        timestamp == null ? wallMillis : timestamp.getTime(),
        contentType.isEmpty() ? format.contentType() : contentType,
        emptyToNull(encoding),
        properties(message),
        qos);
  }

  private byte[] body(KuraPayload payload, @Nullable CloudPayloadProtoBufEncoder protobuf)
      throws KuraException {
    return switch (format) {
      case KURA_JSON -> KuraJson.write(payload).getBytes(StandardCharsets.UTF_8);
      case KURA_PROTOBUF -> protobuf(payload, protobuf);
      case RAW_BODY -> rawBody(payload);
    };
  }

  private static byte[] protobuf(
      KuraPayload payload, @Nullable CloudPayloadProtoBufEncoder protobuf) throws KuraException {
    if (protobuf == null) {
      throw new KuraException(
          KuraErrorCode.SERVICE_UNAVAILABLE,
          null,
          "Kura's protobuf encoder; choose Kura JSON as payload format");
    }
    return protobuf.getBytes(payload, false);
  }

  private static byte[] rawBody(KuraPayload payload) throws KuraException {
    byte[] body = payload.getBody();
    if (body == null || body.length == 0) {
      throw new KuraException(
          KuraErrorCode.BAD_REQUEST,
          null,
          "the payload has no body: choose Kura JSON as payload format to send metrics");
    }
    return body;
  }

  private Map<String, String> properties(KuraMessage message) {
    Map<String, String> filled = new HashMap<>();
    properties.forEach(
        (name, text) -> {
          String value = Placeholders.fill(text, message);
          if (value != null) {
            filled.put(name, value);
          }
        });
    return filled;
  }

  private static String orElse(@Nullable String text, String otherwise) {
    return text == null || text.isEmpty() ? otherwise : text;
  }

  private static @Nullable String emptyToNull(@Nullable String text) {
    return text == null || text.isEmpty() ? null : text;
  }
}
