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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

  /** Some weeks of answers; a file that nobody fetches must not fill a gateway's disk. */
  private static final long LARGEST_FILE = 1_000_000;

  private static final int LONGEST_BODY = 4_000;

  private final Path file;

  public ProbeRecorder(Path file) {
    this.file = file;
  }

  /** A recorder for a connection, below Kura's data directory. */
  public static ProbeRecorder in(Path dataDirectory, String connectionPid) {
    String name = connectionPid.replaceAll("[^A-Za-z0-9._-]", "_");
    return new ProbeRecorder(dataDirectory.resolve("rejoin/hub-answers-" + name + ".txt"));
  }

  /** A file that cannot be written is logged and otherwise ignored. */
  void record(Instant at, String host, String deviceId, HttpAnswer answer) {
    try {
      if (Files.exists(file) && Files.size(file) > LARGEST_FILE) {
        logger.debug("The hub's answer was not recorded: {} is full", file);
        return;
      }
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(
          file,
          blotted(blotted(text(at, answer), host, "{host}"), deviceId, "{id}"),
          StandardCharsets.UTF_8,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      logger.warn("The hub's answer was not recorded in {}: {}", file, e.toString());
    }
  }

  private static String text(Instant at, HttpAnswer answer) {
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
    String body = answer.body();
    text.append(body, 0, Math.min(body.length(), LONGEST_BODY)).append("\n\n");
    return text.toString();
  }

  private static String blotted(String text, String name, String by) {
    return Pattern.compile(Pattern.quote(name), Pattern.CASE_INSENSITIVE)
        .matcher(text)
        .replaceAll(Matcher.quoteReplacement(by));
  }
}
