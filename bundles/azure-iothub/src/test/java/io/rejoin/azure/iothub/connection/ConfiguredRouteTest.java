/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rejoin.azure.iothub.config.Secrets;
import io.rejoin.azure.iothub.link.LinkFailedException;
import io.rejoin.retry.Failure;
import io.rejoin.retry.FailureKind;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraRuntimeException;
import org.eclipse.kura.crypto.CryptoService;
import org.eclipse.kura.ssl.SslManagerService;
import org.junit.jupiter.api.Test;

class ConfiguredRouteTest {

  private static final CryptoService NOTHING_ENCRYPTED =
      failing(CryptoService.class, UnsupportedOperationException::new);

  private static final Map<String, Object> X509 =
      Map.of("identity", "X509", "hub.host.name", "factory.example", "device.id", "gateway-1");

  private final Services services = new Services();

  /** What Kura 5.6.0 does at each start until the SSL manager's keystore has come. */
  @Test
  void shouldTryAgainAfterAStartThatTheSslManagerIsNotReadyFor() {
    services.sslManager(
        failing(
            SslManagerService.class, () -> new KuraRuntimeException(KuraErrorCode.INTERNAL_ERROR)));

    Failure failure = assertThrows(LinkFailedException.class, () -> route().to(null)).failure();

    assertTrue(failure.kind().recoverable());
    assertEquals("the SSL manager has no keystore, or not yet", failure.detail());
  }

  @Test
  void shouldParkWithoutTheKeystoreOfTheCertificate() {
    Failure failure = assertThrows(LinkFailedException.class, () -> route(X509).to(null)).failure();

    assertEquals(FailureKind.MISCONFIGURED, failure.kind());
  }

  private ConfiguredRoute route() {
    return route(
        Map.of(
            "identity", "SYMMETRIC_KEY",
            "hub.host.name", "factory.example",
            "device.id", "gateway-1",
            "device.key", "c2VjcmV0"));
  }

  private ConfiguredRoute route(Map<String, Object> properties) {
    ConnectionOptions options =
        ConnectionOptions.read(properties, new Secrets(NOTHING_ENCRYPTED)).options();
    return new ConfiguredRoute(
        options,
        services,
        settings -> {
          throw new AssertionError("nothing to ask");
        });
  }

  private static <T> T failing(Class<T> type, Supplier<RuntimeException> failure) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              throw failure.get();
            }));
  }
}
