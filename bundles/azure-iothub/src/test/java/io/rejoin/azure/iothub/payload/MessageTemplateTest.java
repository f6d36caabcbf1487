/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.payload;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rejoin.azure.iothub.message.OutgoingMessage;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloud.CloudPayloadProtoBufEncoder;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.message.KuraPayload;
import org.junit.jupiter.api.Test;

class MessageTemplateTest {
  private static final long NOW = 1_700_000_000_000L;

  private final KuraPayload payload = new KuraPayload();
  private final Map<String, Object> messageProperties = new HashMap<>();

  @Test
  void shouldMakeAMessageThatTheHubCanRouteOnWithNothingSet() throws Exception {
    payload.addMetric("temperature", 21);

    OutgoingMessage message = fill(MessageTemplate.DEFAULT);

    assertEquals("{\"metrics\":{\"temperature\":21}}", text(message));
    assertEquals("application/json", message.contentType());
    assertEquals("utf-8", message.contentEncoding());
    assertEquals("own-id", message.messageId());
    assertNull(message.correlationId());
    assertEquals(NOW, message.createdAtMillis());
    assertEquals(1, message.qos());
    assertEquals(Map.of(), message.properties());
  }

  @Test
  void shouldTakeTheTimeOfThePayload() throws Exception {
    payload.setTimestamp(new Date(5));

    assertEquals(5, fill(MessageTemplate.DEFAULT).createdAtMillis());
  }

  @Test
  void shouldFillMetricsAndMessagePropertiesIn() throws Exception {
    payload.addMetric("line", 7);
    payload.addMetric("a b", "spaced");
    messageProperties.put("assetName", "press");
    messageProperties.put("line", "hidden by the metric");

    OutgoingMessage message =
        fill(
            template(
                "id-${line}",
                "$assetName",
                Map.of(
                    "where", "$assetName/$line",
                    "odd", "${a b}!",
                    "fixed", "yes",
                    "price", "5 $ each",
                    "missing", "$nowhere")));

    assertEquals("id-7", message.messageId());
    assertEquals("press", message.correlationId());
    assertEquals(
        Map.of("where", "press/7", "odd", "spaced!", "fixed", "yes", "price", "5 $ each"),
        message.properties());
  }

  @Test
  void shouldNotLetAValueBeTakenForAPlaceholder() throws Exception {
    payload.addMetric("a", "$b \\1");
    payload.addMetric("b", "no");

    assertEquals("$b \\1", fill(template("", "", Map.of("p", "$a"))).properties().get("p"));
  }

  @Test
  void shouldUseItsOwnIdWhenThePlaceholderOfTheMessageIdHasNoValue() throws Exception {
    assertEquals("own-id", fill(template("$nowhere", "", Map.of())).messageId());
  }

  @Test
  void shouldSendTheRawBody() throws Exception {
    payload.setBody(new byte[] {1, 2});

    OutgoingMessage message = fill(format(PayloadFormat.RAW_BODY));

    assertArrayEquals(new byte[] {1, 2}, message.body());
    assertEquals("application/octet-stream", message.contentType());
    assertNull(message.contentEncoding());
  }

  @Test
  void shouldSayWhatToDoAboutARawBodyThatIsNotThere() {
    payload.addMetric("temperature", 21);

    KuraException e = assertThrows(KuraException.class, () -> fill(format(PayloadFormat.RAW_BODY)));

    assertTrue(e.getMessage().contains("choose Kura JSON"), e.getMessage());
  }

  @Test
  void shouldLetKuraEncodeProtobuf() throws Exception {
    CloudPayloadProtoBufEncoder encoder =
        (encoded, gzipped) ->
            new byte[] {(byte) encoded.metrics().size(), (byte) (gzipped ? 1 : 0)};
    payload.addMetric("temperature", 21);

    OutgoingMessage message =
        format(PayloadFormat.KURA_PROTOBUF).fill(message(), "own-id", encoder, NOW);

    assertArrayEquals(new byte[] {1, 0}, message.body());
    assertEquals("application/x-protobuf", message.contentType());
  }

  @Test
  void shouldSayWhatToDoWithoutTheProtobufEncoder() {
    KuraException e =
        assertThrows(KuraException.class, () -> fill(format(PayloadFormat.KURA_PROTOBUF)));

    assertTrue(e.getMessage().contains("choose Kura JSON"), e.getMessage());
  }

  @Test
  void shouldLetContentTypeAndEncodingBeSet() throws Exception {
    OutgoingMessage message =
        new MessageTemplate(
                PayloadFormat.KURA_JSON, "application/x", "utf-16", "", "", Map.of(), 0, 7)
            .fill(message(), "own-id", null, NOW);

    assertEquals("application/x", message.contentType());
    assertEquals("utf-16", message.contentEncoding());
    assertEquals(0, message.qos());
  }

  @Test
  void shouldRefuseAMessageWithoutPayload() {
    assertThrows(
        KuraException.class,
        () -> MessageTemplate.DEFAULT.fill(new KuraMessage(null), "own-id", null, NOW));
  }

  @Test
  void shouldGiveOutIdsThatDifferAlsoOverRestarts() {
    MessageIds ids = new MessageIds(new Random(1));
    MessageIds afterRestart = new MessageIds(new Random(2));

    assertNotEquals(ids.next(), ids.next());
    assertNotEquals(new MessageIds(new Random(1)).next(), afterRestart.next());
  }

  private OutgoingMessage fill(MessageTemplate template) throws KuraException {
    return template.fill(message(), "own-id", null, NOW);
  }

  private KuraMessage message() {
    return new KuraMessage(payload, messageProperties);
  }

  private static MessageTemplate format(PayloadFormat format) {
    return new MessageTemplate(format, "", "", "", "", Map.of(), 1, 7);
  }

  private static MessageTemplate template(
      String messageId, String correlationId, Map<String, String> properties) {
    return new MessageTemplate(
        PayloadFormat.KURA_JSON, "", "", messageId, correlationId, properties, 1, 7);
  }

  private static String text(OutgoingMessage message) {
    return new String(message.body(), StandardCharsets.UTF_8);
  }
}
