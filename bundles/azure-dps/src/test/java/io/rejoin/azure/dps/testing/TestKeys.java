/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.dps.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Key pairs with self-signed certificates, made by the JDK's keytool, so that none is stored. */
public final class TestKeys {

  public static final char[] PASSWORD = "test-only".toCharArray();
  private static final String AUTHORITY = "authority";
  private static final Map<List<String>, KeyStore> MADE = new ConcurrentHashMap<>();

  private TestKeys() {}

  /** A server on loopback. */
  public static KeyStore server() {
    return serverNamed("san=ip:127.0.0.1,dns:localhost");
  }

  /** A server with these names, as keytool writes them. */
  public static KeyStore serverNamed(String names) {
    return make("server", "CN=127.0.0.1", "-ext", names);
  }

  /** A server that is somebody else. */
  public static KeyStore serverOfAnotherName() {
    return make("server", "CN=login.hotel.example", "-ext", "san=dns:login.hotel.example");
  }

  /**
   * A server whose certificate is good for one day from this start, signed by an authority that is
   * good today: Java does not look at the dates of a certificate that is itself trusted.
   */
  public static KeyStore serverFrom(String start) {
    return make(
        "server",
        "CN=127.0.0.1",
        "-ext",
        "san=ip:127.0.0.1",
        "-startdate",
        start,
        "-validity",
        "1",
        "-signer",
        AUTHORITY);
  }

  /** A device with this common name; start as keytool knows it, such as "-2d" or "2026/02/01". */
  public static KeyStore device(String name, String start, int days) {
    return make("device", "CN=" + name, "-startdate", start, "-validity", Integer.toString(days));
  }

  public static KeyStore device(String name) {
    return device(name, "2026/02/01", 36500);
  }

  public static X509Certificate certificate(KeyStore keys) {
    try {
      return (X509Certificate) keys.getCertificate(keys.aliases().nextElement());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Certificate root(KeyStore keys) throws GeneralSecurityException {
    String alias = keys.containsAlias("server") ? "server" : keys.aliases().nextElement();
    Certificate[] chain = keys.getCertificateChain(alias);
    return chain[chain.length - 1];
  }

  /** What a peer needs that has these keys and trusts those certificates, and nobody else. */
  public static SSLContext context(@Nullable KeyStore own, KeyStore... trusted) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(own == null ? null : keyManagers(own), trust(trusted).getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public static KeyManager[] keyManagers(KeyStore keys) {
    try {
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(keys, PASSWORD);
      return factory.getKeyManagers();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static TrustManagerFactory trust(KeyStore... trusted) throws GeneralSecurityException {
    KeyStore anchors = empty();
    for (int i = 0; i < trusted.length; i++) {
      anchors.setCertificateEntry("anchor" + i, root(trusted[i]));
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(anchors);
    return factory;
  }

  /** One store with the keys of several, each under an alias of its own. */
  public static KeyStore together(Map<String, KeyStore> stores) {
    try {
      KeyStore all = empty();
      for (Map.Entry<String, KeyStore> store : stores.entrySet()) {
        String alias = store.getValue().aliases().nextElement();
        all.setKeyEntry(
            store.getKey(),
            store.getValue().getKey(alias, PASSWORD),
            PASSWORD,
            store.getValue().getCertificateChain(alias));
      }
      return all;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public static KeyStore empty() {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      return store;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyStore make(String alias, String name, String... options) {
    List<String> arguments = arguments(alias, name, options);
    return MADE.computeIfAbsent(arguments, TestKeys::make);
  }

  private static List<String> arguments(String alias, String name, String... options) {
    List<String> arguments =
        new ArrayList<>(List.of("-genkeypair", "-alias", alias, "-dname", name, "-keyalg", "EC"));
    arguments.addAll(List.of("-groupname", "secp256r1", "-storetype", "PKCS12"));
    arguments.addAll(List.of(options));
    return arguments;
  }

  private static KeyStore make(List<String> arguments) {
    try {
      Path directory = Files.createTempDirectory("test-keys");
      Path file = directory.resolve("keys.p12");
      try {
        if (arguments.contains("-signer")) {
          keytool(
              file,
              arguments(AUTHORITY, "CN=Test Authority", "-ext", "bc:c", "-startdate", "-30d"));
        }
        keytool(file, arguments);
        return load(file);
      } finally {
        Files.deleteIfExists(file);
        Files.delete(directory);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void keytool(Path file, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"));
    command.addAll(arguments);
    command.addAll(List.of("-keystore", file.toString(), "-storepass", new String(PASSWORD)));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IllegalStateException("keytool failed: " + output);
    }
  }

  private static KeyStore load(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, PASSWORD);
      if (store.size() > 1) {
        // The authority's own key stays at home; the chain has its certificate.
        store.deleteEntry(AUTHORITY);
      }
      return store;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
