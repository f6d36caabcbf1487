/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rejoin.reconnect.Moment;
import io.rejoin.reconnect.Phase;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.kura.watchdog.WatchdogService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionWatchdogTest {
  private static final Duration LIMIT = Duration.ofHours(3);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @TempDir Path directory;
  private Path file;
  private ConnectionWatchdog watchdog;
  private boolean registered;
  private int signs;
  private long monotonic = 1_000;
  private Instant wall = Instant.parse("2026-03-01T10:00:00Z");

  @BeforeEach
  void start() {
    file = directory.resolve("data").resolve("restarts");
    watchdog = restarted(Optional.of(file));
  }

  @Test
  void shouldNotExistForKuraUnlessConfiguredAndWanted() {
    tick(Duration.ZERO, Phase.WAITING);
    assertFalse(registered);
    tick(LIMIT, Phase.STOPPED);
    assertFalse(registered);
    tick(LIMIT, Phase.WAITING);
    assertTrue(registered);
    tick(LIMIT, Phase.STOPPED);
    assertFalse(registered);
    tick(LIMIT, Phase.WAITING);
    watchdog.stop();
    assertFalse(registered);
  }

  @Test
  void shouldGoSilentAfterSoLongWithoutAConnectionAndSpeakOnceItIsBack() {
    assertTrue(speaks(Phase.CONNECTED, LIMIT));
    assertTrue(speaks(Phase.WAITING, LIMIT.minus(MINUTE)));
    assertFalse(speaks(Phase.WAITING, MINUTE));
    assertFalse(speaks(Phase.CONNECTING, MINUTE));
    assertTrue(speaks(Phase.CONNECTED, MINUTE));
  }

  @Test
  void shouldNeverRestartWhileParked() {
    assertTrue(speaks(Phase.PARKED, Duration.ofDays(10)));
    assertTrue(speaks(Phase.WAITING, LIMIT.minus(MINUTE)), "counted from the end of that");
  }

  @Test
  void shouldRestartAtMostOnceADayOverRestarts() {
    assertFalse(speaks(Phase.WAITING, LIMIT));
    watchdog = restarted(Optional.of(file));
    assertTrue(speaks(Phase.WAITING, Duration.ofHours(23)));
    assertFalse(speaks(Phase.WAITING, Duration.ofHours(2)));
  }

  @Test
  void shouldNotRestartWithAClockBeforeTheLastRestart() {
    assertFalse(speaks(Phase.WAITING, LIMIT));
    watchdog = restarted(Optional.of(file));
    wall = Instant.EPOCH;
    assertTrue(speaks(Phase.WAITING, Duration.ofDays(3)));
  }

  @Test
  void shouldNotRestartWhenItCannotCount() throws Exception {
    watchdog = restarted(Optional.empty());
    assertTrue(speaks(Phase.WAITING, Duration.ofDays(3)));
    Files.writeString(directory.resolve("file"), "no directory");
    watchdog = restarted(Optional.of(directory.resolve("file").resolve("restarts")));
    assertTrue(speaks(Phase.WAITING, Duration.ofDays(3)));
  }

  @Test
  void shouldReplaceAFileThatItCannotRead() throws Exception {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "");
    assertFalse(speaks(Phase.WAITING, LIMIT));
    assertEquals(wall + "\n", Files.readString(file));
  }

  private ConnectionWatchdog restarted(Optional<Path> log) {
    registered = false;
    return new ConnectionWatchdog("test", new RestartLog(() -> log));
  }

  /** Lets time pass, a tick each minute, and tells whether the last one gave a sign of life. */
  private boolean speaks(Phase phase, Duration time) {
    if (!registered) {
      tick(LIMIT, phase);
    }
    boolean spoke = false;
    for (long minute = 0; minute < time.toMinutes(); minute++) {
      monotonic += MINUTE.toMillis();
      wall = wall.plus(MINUTE);
      spoke = tick(LIMIT, phase);
      if (!spoke && phase == Phase.WAITING) {
        return false;
      }
    }
    return spoke;
  }

  private boolean tick(Duration limit, Phase phase) {
    int before = signs;
    watchdog.tick(service, limit, phase, new Moment(monotonic, wall.toEpochMilli()));
    return signs > before;
  }

  private final WatchdogService service =
      (WatchdogService)
          Proxy.newProxyInstance(
              WatchdogService.class.getClassLoader(),
              new Class<?>[] {WatchdogService.class},
              (proxy, method, arguments) -> {
                switch (method.getName()) {
                  case "registerCriticalComponent" -> registered = true;
                  case "unregisterCriticalComponent" -> registered = false;
                  case "checkin" -> {
                    assertTrue(registered);
                    signs++;
                  }
                  default -> throw new UnsupportedOperationException(method.getName());
                }
                return null;
              });
}
