/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rejoin.azure.iothub.config.Secrets;
import io.rejoin.azure.iothub.schedule.Schedule;
import io.rejoin.azure.iothub.testing.Form;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.kura.crypto.CryptoService;
import org.junit.jupiter.api.Test;

class ConnectionOptionsTest {

  private static final CryptoService NOTHING_ENCRYPTED =
      (CryptoService)
          Proxy.newProxyInstance(
              CryptoService.class.getClassLoader(),
              new Class<?>[] {CryptoService.class},
              (proxy, method, arguments) -> {
                throw new UnsupportedOperationException(method.getName());
              });

  @Test
  void shouldRecordTheProbeOnlyWhenToldTo() {
    assertFalse(read(Map.of()).recordsProbe());
    assertTrue(read(Map.of("probe.record", true)).recordsProbe());
  }

  @Test
  void shouldKeepTheSessionWhenTheRecorderIsSwitched() {
    assertTrue(read(Map.of()).sameRoute(read(Map.of("probe.record", true))));
  }

  @Test
  void shouldHaveTheSameDefaultsInTheFormAndInCode() throws Exception {
    ConnectionOptions.Reading byForm = reading(Form.of(ConnectionComponent.PID).defaults());
    assertEquals(List.of(), byForm.problems());
    assertEquals(read(Map.of()), byForm.options());
  }

  @Test
  void shouldAlwaysBeWantedWithoutASchedule() {
    ConnectionOptions options =
        read(Map.of("connection.schedule.expression", "0 0 3 ? * * *", "watchdog.after.hours", 6));
    assertNull(options.wish().schedule());
    assertEquals(Duration.ofHours(6), options.wish().watchdogAfter());
  }

  @Test
  void shouldReadAScheduleInKurasTerms() {
    Map<String, Object> properties =
        new HashMap<>(
            Map.of(
                "connection.schedule.enabled", true,
                "connection.schedule.expression", "0 0 3 ? * * *",
                "connection.schedule.inactivity.interval.seconds", 90,
                "connection.schedule.spread.seconds", 600,
                "connection.schedule.priority.override.threshold", 2));
    Schedule quiet = read(properties).wish().schedule();
    assertEquals("0 0 3 ? * * *", quiet.expression());
    assertEquals(Duration.ofSeconds(90), quiet.idle());
    assertEquals(Duration.ofMinutes(10), quiet.spread());
    assertEquals(-1, quiet.urgentBelow());
    assertEquals(
        "0 0 0 ? * * *",
        read(Map.of("connection.schedule.enabled", true)).wish().schedule().expression());
    properties.put("connection.schedule.priority.override.enable", true);
    assertEquals(2, read(properties).wish().schedule().urgentBelow());
  }

  @Test
  void shouldNameEachSettingThatCannotBeUsedAndNeverThrow() {
    ConnectionOptions.Reading reading =
        reading(
            Map.of(
                "connection.schedule.enabled",
                true,
                "connection.schedule.expression",
                "each night",
                "watchdog.after.hours",
                -1,
                "twin.statistics.hours",
                "often",
                "twin.spread.seconds",
                1.5,
                "method.reconnect",
                "yes",
                "transport",
                "AMQP",
                "keep.alive.seconds",
                2_000));
    assertEquals(7, reading.problems().size(), reading.problems().toString());
    for (String setting :
        List.of(
            "connection.schedule.expression",
            "watchdog.after.hours",
            "twin.statistics.hours",
            "twin.spread.seconds",
            "method.reconnect",
            "transport",
            "keep.alive.seconds")) {
      assertTrue(
          reading.problems().stream().anyMatch(line -> line.startsWith(setting + " is ")), setting);
    }
    assertEquals(read(Map.of()), reading.options(), "the defaults");
  }

  @Test
  void shouldNotPrintItsSecrets() {
    String printed =
        read(Map.of(
                "connection.string", "HostName=h;SharedAccessKey=a-secret",
                "device.key", "a-secret",
                "proxy.host", "proxy",
                "proxy.password", "a-secret"))
            .toString();
    assertFalse(printed.contains("secret"), printed);
  }

  private static ConnectionOptions.Reading reading(Map<String, Object> properties) {
    return ConnectionOptions.read(properties, new Secrets(NOTHING_ENCRYPTED));
  }

  private static ConnectionOptions read(Map<String, Object> properties) {
    return reading(properties).options();
  }
}
