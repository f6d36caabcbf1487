/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.dps;

import io.rejoin.azure.dps.identity.HmacKey;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Derives the keys of a group's devices from the group's key, at home: the group's key opens every
 * door of the group and never goes to a gateway. This bundle's jar can be run for it.
 *
 * <p>The key is read from the console or the standard input, since arguments show in the process
 * list and in the shell's history.
 */
public final class DeriveDeviceKey {

  private static final int USAGE = 2;

  private DeriveDeviceKey() {}

  /** Prints a line for each registration id given: the id, a tab, its key. */
  public static void main(String[] arguments) throws IOException {
    System.exit(run(List.of(arguments), System.in, System.out, System.err));
  }

  static int run(List<String> registrationIds, InputStream in, PrintStream out, PrintStream err)
      throws IOException {
    if (registrationIds.isEmpty()) {
      err.println("usage: java -jar <this file> registration-id...");
      err.println("The group's primary or secondary key is asked for, or read from the input.");
      return USAGE;
    }
    for (String id : registrationIds) {
      if (!id.matches(SettingsReader.REGISTRATION_ID)) {
        err.println(id + ": " + SettingsReader.REGISTRATION_ID_FORM);
        return USAGE;
      }
    }
    try {
      HmacKey group = HmacKey.ofBase64(groupKey(in));
      registrationIds.forEach(id -> out.println(id + "\t" + group.deriveBase64(id)));
      return 0;
    } catch (IllegalArgumentException e) {
      err.println("the group key cannot be used: " + e.getMessage() + "; copy it from the portal");
      return 1;
    }
  }

  /** From Java 22 on there is a console also where the input is piped, and it reads the pipe. */
  @SuppressWarnings("SystemConsoleNull")
  private static String groupKey(InputStream in) throws IOException {
    Console console = System.console();
    if (console != null) {
      char[] typed = console.readPassword("Group key (not shown): ");
      return typed == null ? "" : new String(typed);
    }
    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    String line = lines.readLine();
    return line == null ? "" : line;
  }
}
