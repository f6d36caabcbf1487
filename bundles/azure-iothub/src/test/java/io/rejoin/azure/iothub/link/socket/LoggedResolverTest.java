/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.link.socket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoggedResolverTest {

  private String[] addresses = {"127.0.7.1", "127.0.7.2"};
  private int asked;
  private final NameResolver resolver =
      new LoggedResolver(
          name -> {
            asked++;
            List<InetAddress> found = new ArrayList<>();
            for (String address : addresses) {
              found.add(InetAddress.getByName(address));
            }
            if (found.isEmpty()) {
              throw new UnknownHostException(name);
            }
            return found.toArray(InetAddress[]::new);
          });

  @Test
  void shouldAskEachTimeAndTellOfOtherAddressesOnly() {
    assertEquals(List.of("hub is at [127.0.7.1, 127.0.7.2]"), logOfResolving());
    addresses = new String[] {"127.0.7.2", "127.0.7.1"};
    assertEquals(List.of(), logOfResolving());
    addresses = new String[] {"127.0.7.3"};
    assertEquals(List.of("hub is at [127.0.7.3] now, before at other addresses"), logOfResolving());
    assertEquals(3, asked);
  }

  @Test
  void shouldPassOnThatANameDoesNotResolve() {
    addresses = new String[0];
    assertThrows(UnknownHostException.class, () -> resolver.resolve("hub"));
  }

  /** What is logged at INFO: slf4j-simple writes to the error stream of the moment. */
  private List<String> logOfResolving() {
    PrintStream before = System.err;
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    System.setErr(new PrintStream(lines, true, UTF_8));
    try {
      assertEquals(addresses.length, resolver.resolve("hub").length);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    } finally {
      System.setErr(before);
    }
    return lines.toString(UTF_8).lines().map(line -> line.replaceFirst(".* - ", "")).toList();
  }
}
