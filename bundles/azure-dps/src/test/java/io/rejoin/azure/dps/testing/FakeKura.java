/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.dps.testing;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.crypto.CryptoService;
import org.eclipse.kura.security.keystore.KeystoreService;
import org.eclipse.kura.ssl.SslManagerService;
import org.eclipse.kura.system.SystemService;
import org.jspecify.annotations.Nullable;

/** As much of Kura's services as a provisioner uses; any other method is refused. */
public final class FakeKura {

  private static final String ENCRYPTED = "encrypted:";

  private FakeKura() {}

  /** Decrypts what {@link #encrypted} made, and refuses everything else, as Kura does. */
  public static CryptoService cryptoService() {
    return fake(
        CryptoService.class,
        (proxy, method, arguments) -> {
          if (!method.getName().equals("decryptAes") || !(arguments[0] instanceof char[] value)) {
            throw new UnsupportedOperationException(method.getName());
          }
          String text = new String(value);
          if (!text.startsWith(ENCRYPTED)) {
            throw new KuraException(KuraErrorCode.DECODER_ERROR, "value");
          }
          return new StringBuilder(text.substring(ENCRYPTED.length()))
              .reverse()
              .toString()
              .toCharArray();
        });
  }

  public static String encrypted(String clear) {
    return ENCRYPTED + new StringBuilder(clear).reverse();
  }

  public static SystemService systemService(@Nullable Path dataDirectory) {
    return fake(
        SystemService.class,
        (proxy, method, arguments) -> {
          if (!method.getName().equals("getKuraDataDirectory")) {
            throw new UnsupportedOperationException(method.getName());
          }
          return dataDirectory == null ? null : dataDirectory.toString();
        });
  }

  /** As Kura's, when the keystore that it is configured for is missing. */
  public static SslManagerService brokenSslManagerService() {
    return fake(
        SslManagerService.class,
        (proxy, method, arguments) -> {
          throw new IllegalStateException("An internal error occurred");
        });
  }

  /** Trusts these certificates, and has no keys. */
  public static SslManagerService sslManagerService(KeyStore... trusted) {
    SSLContext context = TestKeys.context(null, trusted);
    return fake(
        SslManagerService.class,
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "getSSLContext" -> context;
              case "getTrustCertificates" ->
                  Arrays.stream(trusted).map(TestKeys::certificate).toArray(X509Certificate[]::new);
              default -> throw new UnsupportedOperationException(method.getName());
            });
  }

  public static KeystoreService keystoreService(KeyStore keys) {
    return fake(
        KeystoreService.class,
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "getEntry" ->
                  keys.containsAlias((String) arguments[0])
                      ? keys.getEntry(
                          (String) arguments[0], new KeyStore.PasswordProtection(TestKeys.PASSWORD))
                      : null;
              case "getKeyManagers" -> List.of(TestKeys.keyManagers(keys));
              default -> throw new UnsupportedOperationException(method.getName());
            });
  }

  private static <T> T fake(Class<T> type, InvocationHandler handler) {
    InvocationHandler withIdentity =
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "equals" -> proxy == arguments[0];
              case "hashCode" -> System.identityHashCode(proxy);
              case "toString" -> "fake " + type.getSimpleName();
              default -> handler.invoke(proxy, method, arguments);
            };
    return type.cast(
        Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, withIdentity));
  }
}
