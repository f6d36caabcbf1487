/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.outbox;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.rejoin.azure.iothub.message.OutgoingMessage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class StoredFormTest {
  /** Written by release 1.0: every later release has to read it. */
  private static final String GOLDEN =
      "01"
          + ("02" + "00000003" + "6d2d37")
          + ("03" + "00000001" + "63")
          + ("04" + "00000008" + "0000018bcfe56800")
          + ("05" + "00000010" + "6170706c69636174696f6e2f6a736f6e")
          + ("06" + "00000005" + "7574662d38")
          + ("07" + "0000000b" + "00000004" + "6c696e65" + "c3a461")
          + ("08" + "00000002" + "6f31")
          + ("01" + "00000002" + "7b7d");

  private static final OutgoingMessage MESSAGE =
      new OutgoingMessage(
          "{}".getBytes(StandardCharsets.UTF_8),
          "m-7",
          "c",
          1_700_000_000_000L,
          "application/json",
          "utf-8",
          Map.of("line", "äa"),
          1);

  @Test
  void shouldWriteTheGoldenBytes() {
    assertEquals(GOLDEN, HexFormat.of().formatHex(new StoredForm(MESSAGE, "o1").toBytes()));
  }

  @Test
  void shouldReadTheGoldenBytes() {
    StoredForm read = StoredForm.fromBytes(HexFormat.of().parseHex(GOLDEN));

    assertSame(MESSAGE, read.message());
    assertEquals("o1", read.origin());
  }

  @Test
  void shouldLeaveOutWhatIsNotThere() {
    OutgoingMessage least = new OutgoingMessage(new byte[0], "m", null, 0, null, null, Map.of(), 1);

    byte[] bytes = new StoredForm(least, "").toBytes();
    StoredForm read = StoredForm.fromBytes(bytes);

    assertEquals("01" + "02000000016d" + "0100000000", HexFormat.of().formatHex(bytes));
    assertSame(least, read.message());
    assertNull(read.message().contentType());
    assertEquals("", read.origin());
  }

  @Test
  void shouldSkipFieldsOfANewerRelease() {
    byte[] newer = HexFormat.of().parseHex(GOLDEN + "7f" + "00000003" + "010203");

    assertSame(MESSAGE, StoredForm.fromBytes(newer).message());
  }

  @Test
  void shouldRefuseAnUnknownVersion() {
    byte[] bytes = HexFormat.of().parseHex("02" + GOLDEN.substring(2));

    assertThrows(IllegalArgumentException.class, () -> StoredForm.fromBytes(bytes));
  }

  @Property
  void shouldRefuseWhatIsCutOffAndNeverThrowAnythingElse(
      @ForAll @net.jqwik.api.constraints.IntRange(max = 91) int length) {
    byte[] golden = HexFormat.of().parseHex(GOLDEN);
    byte[] cut = Arrays.copyOf(golden, Math.min(length, golden.length - 1));

    assertThrows(IllegalArgumentException.class, () -> StoredForm.fromBytes(cut));
  }

  @Property
  void shouldReadBackWhatItWrote(
      @ForAll byte[] body,
      @ForAll String id,
      @ForAll String type,
      @ForAll long created,
      @ForAll @Size(max = 5) Map<String, String> properties) {
    OutgoingMessage message =
        new OutgoingMessage(body, utf8(id), null, created, utf8(type), null, utf8(properties), 1);

    assertSame(message, StoredForm.fromBytes(new StoredForm(message, "o").toBytes()).message());
  }

  @Property
  void shouldSayNoToNoise(@ForAll byte[] noise) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(1);
    bytes.writeBytes(noise);
    try {
      StoredForm.fromBytes(bytes.toByteArray());
    } catch (IllegalArgumentException expected) {
      assertEquals(IllegalArgumentException.class, expected.getClass());
    }
  }

  private static String utf8(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  private static Map<String, String> utf8(Map<String, String> texts) {
    Map<String, String> result = new java.util.HashMap<>();
    texts.forEach((key, value) -> result.put(utf8(key), utf8(value)));
    return result;
  }

  private static void assertSame(OutgoingMessage expected, OutgoingMessage actual) {
    assertArrayEquals(expected.body(), actual.body());
    assertEquals(expected.messageId(), actual.messageId());
    assertEquals(expected.correlationId(), actual.correlationId());
    assertEquals(expected.createdAtMillis(), actual.createdAtMillis());
    assertEquals(expected.contentType(), actual.contentType());
    assertEquals(expected.contentEncoding(), actual.contentEncoding());
    assertEquals(expected.properties(), actual.properties());
    assertEquals(1, actual.qos());
  }
}
