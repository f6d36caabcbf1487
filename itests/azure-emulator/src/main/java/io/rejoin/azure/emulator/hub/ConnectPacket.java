/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator.hub;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The names in a CONNECT: the client id is the device id, the user name is {@code
 * {host}/{device}/?api-version=yyyy-mm-dd&...}.
 *
 * <p>Unverified: that the hub refuses a user name without {@code api-version}.
 */
final class ConnectPacket {
  private static final Pattern USER_NAME =
      Pattern.compile("([^/]+)/([^/]+)/\\?(?:.*&)?api-version=\\d{4}-\\d\\d-\\d\\d.*");

  private ConnectPacket() {}

  /** What is wrong with the names, empty when nothing is. */
  static String problem(List<String> hostNames, String clientId, @Nullable String userName) {
    if (userName == null) {
      return "no user name";
    }
    Matcher parts = USER_NAME.matcher(userName);
    if (!parts.matches()) {
      return "user name is not {host}/{device}/?api-version=...: " + userName;
    }
    if (hostNames.stream().noneMatch(parts.group(1)::equalsIgnoreCase)) {
      return "user name is for hub " + parts.group(1) + ", this is " + hostNames.get(0);
    }
    return parts.group(2).equals(clientId)
        ? ""
        : "user name is for device " + parts.group(2) + ", client id is " + clientId;
  }
}
