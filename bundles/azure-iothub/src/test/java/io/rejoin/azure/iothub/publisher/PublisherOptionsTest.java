/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.publisher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rejoin.azure.iothub.payload.MessageTemplate;
import io.rejoin.azure.iothub.payload.PayloadFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PublisherOptionsTest {
  @Test
  void shouldNeedNoSettingAtAll() {
    PublisherOptions options = PublisherOptions.read(Map.of());

    assertEquals(MessageTemplate.DEFAULT, options.template());
    assertTrue(options.problems().isEmpty());
  }

  @Test
  void shouldReadEverySetting() {
    PublisherOptions options =
        PublisherOptions.read(
            Map.of(
                "cloud.endpoint.service.pid", "endpoint-1",
                "payload.format", "RAW_BODY",
                "qos", 0,
                "priority", 2,
                "content.type", "text/csv",
                "content.encoding", "us-ascii",
                "message.id", "$id",
                "correlation.id", "$order",
                "message.properties", "line = 7\r\n\n where=$assetName\nempty="));

    assertEquals("endpoint-1", options.endpointPid());
    assertEquals(
        new MessageTemplate(
            PayloadFormat.RAW_BODY,
            "text/csv",
            "us-ascii",
            "$id",
            "$order",
            Map.of("line", "7", "where", "$assetName", "empty", ""),
            0,
            2),
        options.template());
  }

  @Test
  void shouldNameWhatItCannotUse() {
    PublisherOptions options =
        PublisherOptions.read(
            Map.of(
                "payload.format",
                "XML",
                "qos",
                2,
                "priority",
                "high",
                "message.properties",
                "a b"));

    assertEquals(MessageTemplate.DEFAULT, options.template());
    assertEquals(4, options.problems().size());
  }
}
