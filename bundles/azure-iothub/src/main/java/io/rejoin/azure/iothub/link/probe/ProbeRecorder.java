/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.link.probe;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends what a hub answers to a file, for those who can try a real one: some of what the probe
 * relies on was never seen on Azure. Writes neither token nor names: only the kind of request, and
 * of the answer the status, the headers that concern errors, and the body with host and device id
 * blotted out.
 */
public final class ProbeRecorder {
  private static final Logger logger = LoggerFactory.getLogger(ProbeRecorder.class);
  private static final Set<String> HEADERS =
      Set.of(
          "content-type", "date", "iothub-errorcode", "retry-after", "server", "www-authenticate");

  private final Path file;

  public ProbeRecorder(Path file) {
    this.file = file;
  }

  /** A file that cannot be written is logged and otherwise ignored. */
  void record(Instant at, String host, String deviceId, HttpAnswer answer) {
    StringBuilder text = new StringBuilder();
    text.append(at).append(" DELETE /devices/{id}/messages/deviceBound/{random}\n");
    text.append(answer.head().statusLine()).append('\n');
    new TreeMap<>(answer.head().headers())
        .forEach(
            (name, value) -> {
              if (HEADERS.contains(name)) {
                text.append(name).append(": ").append(value).append('\n');
              }
            });
    text.append(answer.body()).append("\n\n");
    String blotted = text.toString().replace(host, "{host}").replace(deviceId, "{id}");
    try {
      Files.writeString(
          file,
          blotted,
          StandardCharsets.UTF_8,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      logger.warn("The hub's answer was not recorded in {}: {}", file, e.toString());
    }
  }
}
