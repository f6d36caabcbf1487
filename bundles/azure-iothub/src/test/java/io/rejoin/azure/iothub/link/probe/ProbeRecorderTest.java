/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.link.probe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProbeRecorderTest {

  private static final Instant AT = Instant.parse("2026-06-15T12:00:00Z");
  private static final String REFUSED =
      """
      HTTP/1.1 404 Not Found\r
      Content-Type: application/json\r
      Set-Cookie: session=4711\r
      iothub-errorcode: DeviceNotFound\r
      \r
      {"Message":"ErrorCode:DeviceNotFound;Plant7.Azure-Devices.net/devices/pump-7"}""";

  @TempDir Path data;

  @Test
  void shouldWriteTheAnswerAndNoNames() throws IOException {
    record("plant", REFUSED);

    assertEquals(
        """
        2026-06-15T12:00:00Z DELETE /devices/{id}/messages/deviceBound/{random}
        HTTP/1.1 404 Not Found
        content-type: application/json
        iothub-errorcode: DeviceNotFound
        {"Message":"ErrorCode:DeviceNotFound;{host}/devices/{id}"}

        """,
        Files.readString(file("plant")));
  }

  @Test
  void shouldAppendAnswerAfterAnswer() throws IOException {
    record("plant", REFUSED);
    record("plant", "HTTP/1.1 204 No Content\r\n\r\n");

    String recorded = Files.readString(file("plant"));
    assertTrue(recorded.contains("404 Not Found"), recorded);
    assertTrue(recorded.endsWith("HTTP/1.1 204 No Content\n\n\n"), recorded);
  }

  @Test
  void shouldKeepConnectionsApartWhateverTheirNames() throws IOException {
    record("plant", REFUSED);
    record("../../plant 2", REFUSED);

    assertTrue(Files.exists(file("plant")));
    assertTrue(Files.exists(file(".._.._plant_2")));
  }

  @Test
  void shouldNotFillADisk() throws IOException {
    Files.createDirectories(data.resolve("rejoin"));
    Files.write(file("plant"), new byte[1_000_001]);
    record("plant", REFUSED);
    record("other", "HTTP/1.1 500 Oops\r\n\r\n" + "x".repeat(60_000));

    assertEquals(1_000_001, Files.size(file("plant")));
    assertTrue(Files.size(file("other")) < 5_000);
  }

  @Test
  void shouldGoOnWhereItCannotWrite() throws IOException {
    Files.writeString(data.resolve("rejoin"), "a file where the directory should be");
    record("plant", REFUSED);

    assertFalse(Files.exists(file("plant")));
  }

  private Path file(String name) {
    return data.resolve("rejoin/hub-answers-" + name + ".txt");
  }

  private void record(String connection, String answer) throws IOException {
    ProbeRecorder.in(data, connection)
        .record(
            AT,
            "plant7.azure-devices.net",
            "pump-7",
            HttpAnswer.read(new ByteArrayInputStream(answer.getBytes(UTF_8))));
  }
}
