/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.link.socket;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Status line and headers of an HTTP/1.1 answer.
 *
 * @param statusLine as it came
 * @param status 100 to 599, or 0 when the answer was not HTTP
 * @param headers by name in lower case, the last of each
 */
public record HttpHead(String statusLine, int status, Map<String, String> headers) {
  /** Longer heads than this come from something else. */
  private static final int MAX_LENGTH = 16 * 1024;

  private static final String END = "\r\n\r\n";

  public HttpHead {
    headers = Map.copyOf(headers);
  }

  /** Reads byte by byte: what follows the head belongs to somebody else. */
  public static HttpHead read(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.length() < MAX_LENGTH && head.indexOf(END, head.length() - END.length()) < 0) {
      int next = in.read();
      if (next < 0) {
        break;
      }
      head.append((char) next);
    }
    return parse(List.of(head.toString().split("\r\n", -1)));
  }

  private static HttpHead parse(List<String> lines) {
    String statusLine = printable(lines.get(0));
    String[] words = statusLine.split(" ", 3);
    boolean http =
        words.length > 1 && words[0].startsWith("HTTP/") && words[1].matches("[1-5]\\d\\d");
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.put(
            line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
            line.substring(colon + 1).strip());
      }
    }
    return new HttpHead(statusLine, http ? Integer.parseInt(words[1]) : 0, headers);
  }

  private static String printable(String line) {
    return line.substring(0, Math.min(line.length(), 80)).replaceAll("[^ -~]", "?");
  }
}
