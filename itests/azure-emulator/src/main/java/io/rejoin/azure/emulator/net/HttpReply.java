/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator.net;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * What to answer, and how.
 *
 * @param delay how long to wait before answering
 */
@SuppressWarnings("ArrayRecordComponent") // bytes to read, never compared
public record HttpReply(
    Manner manner, int status, Map<String, String> headers, byte[] body, Duration delay) {

  /** How an answer is given. */
  public enum Manner {
    /** An HTTP response. */
    RESPOND,
    /** The body's bytes, which need not be HTTP, and then the end of the connection. */
    RAW,
    /** No answer, and the connection stays open. */
    NEVER,
    /** No answer: the connection ends. */
    HANG_UP
  }

  public HttpReply {
    headers = Map.copyOf(headers);
  }

  public static HttpReply status(int status) {
    return new HttpReply(Manner.RESPOND, status, Map.of(), new byte[0], Duration.ZERO);
  }

  public static HttpReply json(int status, String json) {
    return text(status, "application/json; charset=utf-8", json);
  }

  public static HttpReply text(int status, String contentType, String text) {
    return status(status).with("Content-Type", contentType).with(text);
  }

  public static HttpReply raw(String bytes) {
    return new HttpReply(
        Manner.RAW, 0, Map.of(), bytes.getBytes(StandardCharsets.UTF_8), Duration.ZERO);
  }

  public static HttpReply never() {
    return new HttpReply(Manner.NEVER, 0, Map.of(), new byte[0], Duration.ZERO);
  }

  public static HttpReply hangUp() {
    return new HttpReply(Manner.HANG_UP, 0, Map.of(), new byte[0], Duration.ZERO);
  }

  public HttpReply with(String header, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(header, value);
    return new HttpReply(manner, status, more, body, delay);
  }

  /** With whole seconds, rounded up, as the Retry-After header takes them. */
  public HttpReply retryAfter(Duration wait) {
    return with("Retry-After", Long.toString(wait.plusNanos(999_999_999).toSeconds()));
  }

  public HttpReply with(String newBody) {
    return new HttpReply(manner, status, headers, newBody.getBytes(StandardCharsets.UTF_8), delay);
  }

  public HttpReply with(byte[] newBody) {
    return new HttpReply(manner, status, headers, newBody, delay);
  }

  public HttpReply after(Duration newDelay) {
    return new HttpReply(manner, status, headers, body, newDelay);
  }
}
