/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator.net;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A door that is shut is shut at once, and opens again at once. */
class DoorTest {
  private final Reactor reactor = new Reactor();
  private final Door door =
      new Door(
          reactor,
          new InetSocketAddress("127.0.1.4", 0),
          () -> {
            throw new IllegalStateException("no TLS here");
          },
          pipeline -> {});

  @AfterEach
  void close() {
    door.close();
    reactor.close();
  }

  @Test
  void shouldRefuseOnceShutAndListenOnceOpen() throws IOException {
    door.greet(Greeting.STAY_SILENT);
    for (int turn = 1; turn <= 100; turn++) {
      door.open();
      new Socket(door.address().getAddress(), door.address().getPort()).close();
      door.shut();
      assertThrows(
          ConnectException.class,
          () -> new Socket(door.address().getAddress(), door.address().getPort()),
          "turn " + turn);
    }
  }
}
