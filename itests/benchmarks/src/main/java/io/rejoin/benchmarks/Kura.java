/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.benchmarks;

import io.rejoin.testbed.store.H2StoreProvider;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.eclipse.kura.crypto.CryptoService;

/** The services of Kura's that the components need. */
final class Kura {
  private Kura() {}

  /** Kura's H2 service as the testbed has it, with an empty password. */
  static H2StoreProvider database(String url) {
    return new H2StoreProvider(plainText(), Map.of("db.connector.url", url, "db.password", ""));
  }

  /** Takes what is encrypted for what it is. */
  static CryptoService plainText() {
    return (CryptoService)
        Proxy.newProxyInstance(
            CryptoService.class.getClassLoader(),
            new Class<?>[] {CryptoService.class},
            (proxy, method, text) -> text[0]);
  }

  /** A service that answers one call, and null to all others. */
  static <T> T answering(Class<T> type, String method, Object answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, called, arguments) -> called.getName().equals(method) ? answer : null));
  }
}
