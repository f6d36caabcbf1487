/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.link.probe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpAnswerTest {

  @Test
  void shouldReadHeadersInAnyCase() throws IOException {
    HttpAnswer answer =
        read("HTTP/1.1 404 Not Found\r\nIoTHub-ErrorCode:  DeviceNotFound \r\nX: 1\r\n\r\n");

    assertEquals(404, answer.status());
    assertEquals("DeviceNotFound", answer.header("iothub-errorcode"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 5\r\n\r\nhello, and more",
        "\r\nhello",
        "Transfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3;x=y\r\nllo\r\n0\r\n\r\n",
        "Content-Length: 99\r\n\r\nhello"
      })
  void shouldReadTheBodyHoweverItIsSent(String rest) throws IOException {
    assertEquals("hello", read("HTTP/1.1 401 Unauthorized\r\n" + rest).body());
  }

  @Test
  void shouldNotWaitForABodyThatDoesNotCome() throws IOException {
    assertEquals("", read("HTTP/1.1 204 No Content\r\n\r\nsomething").body());
  }

  @Test
  void shouldCutALongBodyOff() throws IOException {
    assertEquals(64 * 1024, read("HTTP/1.1 200 OK\r\n\r\n" + "x".repeat(70_000)).body().length());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\r\n\r\n", "220 smtp ready\r\n\r\n", "HTTP/1.1 OK\r\n\r\n"})
  void shouldGiveWhatIsNotHttpNoStatus(String answer) throws IOException {
    assertEquals(0, read(answer).status());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: -5\r\n\r\nhello",
        "Transfer-Encoding: chunked\r\n\r\nhello\r\n",
        "Transfer-Encoding: chunked\r\n\r\n5\r\nhello"
      })
  void shouldRefuseABodyThatIsNotHttp(String rest) {
    assertThrows(IOException.class, () -> read("HTTP/1.1 401 Unauthorized\r\n" + rest));
  }

  @Test
  void shouldNotPrintWhatIsNotPrintable() throws IOException {
    assertEquals("?[31mred", read("\u001b[31mred\r\n\r\n").head().statusLine());
  }

  private static HttpAnswer read(String text) throws IOException {
    return HttpAnswer.read(new ByteArrayInputStream(text.getBytes(UTF_8)));
  }
}
