/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.payload;

/** How a message's payload becomes bytes. */
public enum PayloadFormat {
  /** Metrics, position, time and body as Kura's JSON. */
  KURA_JSON("application/json", "utf-8"),
  /** The same as Kura's protobuf, which Kura itself encodes. */
  KURA_PROTOBUF("application/x-protobuf", ""),
  /** The payload's body, byte for byte. */
  RAW_BODY("application/octet-stream", "");

  private final String contentType;
  private final String contentEncoding;

  PayloadFormat(String contentType, String contentEncoding) {
    this.contentType = contentType;
    this.contentEncoding = contentEncoding;
  }

  /** The content type that tells the hub what it is. */
  public String contentType() {
    return contentType;
  }

  /** The content encoding; empty for none. Message routing on the body needs {@code utf-8}. */
  public String contentEncoding() {
    return contentEncoding;
  }
}
