/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.connection;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rejoin.azure.iothub.config.Secrets;
import io.rejoin.azure.iothub.link.HmacKey;
import io.rejoin.azure.iothub.link.LinkSettings;
import io.rejoin.azure.iothub.schedule.Activity;
import io.rejoin.azure.iothub.testing.ManualThread;
import io.rejoin.provisioning.Assignment;
import io.rejoin.reconnect.Moment;
import io.rejoin.reconnect.Settings;
import io.rejoin.retry.Failure;
import io.rejoin.retry.FailureKind;
import io.rejoin.retry.RetryDecision;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.eclipse.kura.crypto.CryptoService;
import org.eclipse.kura.watchdog.WatchdogService;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The watchdog as it is configured and wired, over hours and restarts, in virtual time. */
class UpkeepTest {
  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final long MINUTE = Duration.ofMinutes(1).toMillis();
  private static final Failure EXPIRED =
      Failure.of(FailureKind.OWN_CERTIFICATE_EXPIRED, "yesterday");

  @TempDir private Path data;
  private ManualThread thread = new ManualThread();
  private long bootMillis = Instant.parse("2026-03-01T10:00:00Z").toEpochMilli();
  private final FakeHub hub = new FakeHub();
  private final Services services = new Services();
  private boolean registered;
  private int signs;

  @Test
  void shouldBeUnknownToTheWatchdogByDefault() {
    start(Map.of());
    thread.pass(48 * HOUR);
    assertFalse(registered);
  }

  @Test
  void shouldGiveNoSignOfLifeAfterTheConfiguredHoursWithoutAConnection() {
    start(Map.of("watchdog.after.hours", 2));
    assertTrue(speaksWithin(2 * HOUR - 2 * MINUTE));
    thread.pass(3 * MINUTE);
    assertFalse(speaksWithin(20 * MINUTE));

    hub.newest().accept();
    assertTrue(speaksWithin(MINUTE));
  }

  @Test
  void shouldSpeakOnWhileConnectedAndWhileSomebodyHasToMendTheCredential() {
    start(Map.of("watchdog.after.hours", 2));
    hub.newest().accept();
    thread.pass(5 * HOUR);
    assertTrue(speaksWithin(MINUTE));

    hub.newest().lose(EXPIRED);
    for (int i = 0; i < 10; i++) {
      assertTrue(speaksWithin(HOUR));
      if (!hub.newest().closed) {
        hub.newest().refuse(EXPIRED);
      }
    }
  }

  @Test
  void shouldNotRestartTheGatewayTwiceInADay() {
    start(Map.of("watchdog.after.hours", 2));
    thread.pass(3 * HOUR);
    assertFalse(speaksWithin(MINUTE));

    restart();
    start(Map.of("watchdog.after.hours", 2));
    thread.pass(20 * HOUR);
    assertTrue(speaksWithin(MINUTE), "restarted yesterday");
    thread.pass(4 * HOUR);
    assertFalse(speaksWithin(MINUTE), "a day ago");
  }

  private boolean speaksWithin(long millis) {
    int before = signs;
    thread.pass(millis);
    return registered && signs > before;
  }

  /** As after a restart of the gateway, with the configuration as Kura hands it over. */
  private void start(Map<String, Object> configuration) {
    services.watchdog(watchdog());
    ConnectionOptions options =
        ConnectionOptions.read(configuration, new Secrets(nothingEncrypted())).options();
    Supervisor supervisor =
        new Supervisor(
            "test",
            thread,
            Runnable::run,
            hub,
            new SilentCloud(),
            this::now,
            new SplittableRandom(1),
            plan(options.settings()),
            new NamedPolicy(
                (request, random) -> RetryDecision.after(Duration.ofSeconds(10)), "10 s"),
            (before, now) -> {});
    Upkeep upkeep =
        new Upkeep(
            "test",
            supervisor,
            thread,
            Runnable::run,
            this::now,
            new SplittableRandom(1),
            new Activity(thread::nowMillis),
            services,
            () -> Optional.of(data),
            options,
            event -> {});
    upkeep.start();
    thread.settle();
  }

  /** The gateway is off and on again: the monotonic clock starts anew. */
  private void restart() {
    bootMillis = now().wallMillis();
    thread = new ManualThread();
    registered = false;
  }

  private Moment now() {
    return new Moment(thread.nowMillis(), bootMillis + thread.nowMillis());
  }

  private static Supervisor.Plan plan(Settings settings) {
    Route route =
        new Route() {
          @Override
          public LinkSettings to(@Nullable Assignment target) {
            return LinkSettings.to("hub.example.net", "pump-7", HmacKey.ofBase64("a2V5")).build();
          }

          @Override
          public CompletionStage<@Nullable Failure> ask(@Nullable Assignment target) {
            return CompletableFuture.completedFuture(null);
          }
        };
    return new Supervisor.Plan(
        settings, new ConnectionStatus.Target("hub.example.net", "pump-7"), route);
  }

  private WatchdogService watchdog() {
    return service(
        WatchdogService.class,
        call -> {
          switch (call) {
            case "registerCriticalComponent" -> registered = true;
            case "unregisterCriticalComponent" -> registered = false;
            case "checkin" -> {
              assertTrue(registered);
              signs++;
            }
            default -> throw new UnsupportedOperationException(call);
          }
        });
  }

  private static CryptoService nothingEncrypted() {
    return service(
        CryptoService.class,
        call -> {
          throw new UnsupportedOperationException(call);
        });
  }

  private static <T> T service(Class<T> type, Consumer<String> called) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              called.accept(method.getName());
              return null;
            }));
  }
}
