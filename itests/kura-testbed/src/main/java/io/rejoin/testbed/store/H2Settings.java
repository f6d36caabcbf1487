/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.testbed.store;

import java.io.File;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The settings of a database. A value of another type counts as missing, as in Kura 5.6.0.
 *
 * @param url without {@code USER} and {@code PASSWORD}, which Kura ignores there
 * @param baseUrl without any options: what no two databases may share
 * @param protocol {@code mem}, {@code file}, or one that is refused
 * @param path what follows the protocol
 * @param user the user's name
 * @param password encrypted
 */
record H2Settings(
    String url, String baseUrl, String protocol, String path, String user, String password) {
  private static final Pattern URL = Pattern.compile("jdbc:h2:(?:([^:;]+):)?([^;]*)(;.*)?");
  private static final Pattern CREDENTIALS = Pattern.compile("(?i);(user|password)=[^;]*");

  static H2Settings of(Map<String, Object> properties) {
    String url = text(properties, "db.connector.url", "jdbc:h2:mem:kuradb");
    url = CREDENTIALS.matcher(url).replaceAll("");
    Matcher parts = URL.matcher(url);
    if (!parts.matches()) {
      throw new IllegalArgumentException("Invalid DB URL: " + url);
    }
    String protocol = parts.group(1) == null ? "file" : parts.group(1);
    return new H2Settings(
        url,
        "jdbc:h2:" + protocol + ":" + parts.group(2),
        protocol,
        parts.group(2),
        text(properties, "db.user", "SA"),
        text(properties, "db.password", ""));
  }

  boolean isFile() {
    return protocol.equals("file");
  }

  /** Fails for a database that Kura refuses to open. */
  void check() {
    if (!isFile() && !protocol.equals("mem")) {
      throw new IllegalArgumentException("Remote databases are not supported");
    }
    if (path.isEmpty()) {
      throw new IllegalArgumentException("Anonymous databases are not supported");
    }
  }

  String directory() {
    String parent = new File(path).getParent();
    return parent == null ? "." : parent;
  }

  String databaseName() {
    return new File(path).getName();
  }

  private static String text(Map<String, Object> properties, String key, String otherwise) {
    return properties.get(key) instanceof String text ? text : otherwise;
  }
}
