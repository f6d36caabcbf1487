/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.testbed.security;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rejoin.testbed.crypto.TestCrypto;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.kura.KuraRuntimeException;
import org.eclipse.kura.crypto.CryptoService;
import org.eclipse.kura.security.keystore.KeystoreChangedEvent;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;

/** The keystore and the TLS over it, against a server on loopback. */
class SecurityTest {
  private static final String SERVER = "127.0.0.1";
  private static final String OTHER_ADDRESS = "127.0.0.9";
  private static final String PID = "SSLKeystore";

  private static final char[] PASSWORD = "changeit".toCharArray();

  private static TestKeys server;
  private static TestKeys client;

  @TempDir Path directory;
  private final List<Event> events = new CopyOnWriteArrayList<>();
  private CryptoService crypto;
  private FileKeystoreService keystore;
  private KeystoreSslManagerService ssl;

  @BeforeAll
  static void makeKeys() throws Exception {
    server = TestKeys.forAddress(SERVER);
    client = TestKeys.forAddress("127.0.0.8");
  }

  @BeforeEach
  void create() {
    crypto = TestCrypto.in(directory);
    keystore = keystore("changeit");
    ssl = new KeystoreSslManagerService(settings(true));
    ssl.setKeys(keystore, Map.of("kura.service.pid", PID));
  }

  @Test
  void shouldStartWithAnEmptyKeystore() throws Exception {
    assertEquals(List.of(), keystore.getAliases());
    assertNull(keystore.getEntry("nobody"));
    assertTrue(keystore.getCRLs().isEmpty());
    assertThrows(IllegalArgumentException.class, () -> keystore.getEntry(null));
  }

  @Test
  void shouldKeepEntriesInTheFileAndTellOfChanges() throws Exception {
    keystore.setEntry("client", client.key());
    keystore.setEntry("server", server.certificate());

    FileKeystoreService again = keystore(new String(crypto.encryptAes(PASSWORD)));
    KeyStore.PrivateKeyEntry entry = (KeyStore.PrivateKeyEntry) again.getEntry("client");
    assertEquals(client.certificate().getTrustedCertificate(), entry.getCertificate());
    assertEquals(List.of("client", "server"), again.getAliases().stream().sorted().toList());
    assertEquals(2, events.size());
    assertEquals(PID, events.get(0).getProperty(KeystoreChangedEvent.SENDER_PID_PROPERTY_KEY));
  }

  @Test
  void shouldDeleteAnEntryOnce() throws Exception {
    keystore.setEntry("server", server.certificate());

    keystore.deleteEntry("server");
    keystore.deleteEntry("server");

    assertEquals(List.of(), keystore.getAliases());
    assertEquals(2, events.size());
  }

  @Test
  void shouldConnectToAServerThatIsTrusted() throws Exception {
    keystore.setEntry("server", server.certificate());

    assertEquals("no client certificate", handshake(SERVER, ""));
  }

  @Test
  void shouldRefuseAServerThatIsNotTrusted() {
    assertThrows(SSLException.class, () -> handshake(SERVER, ""));
  }

  @Test
  void shouldRefuseAServerOfAnotherName() throws Exception {
    keystore.setEntry("server", server.certificate());

    assertThrows(SSLException.class, () -> handshake(OTHER_ADDRESS, ""));

    ssl.update(settings(false));
    assertEquals("no client certificate", handshake(OTHER_ADDRESS, ""));
  }

  @Test
  void shouldNotVerifyTheNameForEngines() throws Exception {
    keystore.setEntry("server", server.certificate());

    assertNull(
        ssl.getSSLContext()
            .createSSLEngine(OTHER_ADDRESS, 443)
            .getSSLParameters()
            .getEndpointIdentificationAlgorithm());
  }

  @Test
  void shouldPresentAKeyWhateverTheAlias() throws Exception {
    keystore.setEntry("server", server.certificate());
    keystore.setEntry("client", client.key());

    assertEquals("CN=127.0.0.8", handshake(SERVER, "no such alias"));
  }

  @Test
  void shouldOfferTheChosenCipherSuites() throws Exception {
    keystore.setEntry("server", server.certificate());
    String suite = "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256";
    ssl.update(settings(true, " " + suite + " "));

    try (SSLSocket socket = (SSLSocket) ssl.getSSLSocketFactory().createSocket()) {
      assertArrayEquals(new String[] {suite}, socket.getEnabledCipherSuites());
    }
  }

  @Test
  void shouldTellListenersOfEachChangeAndMakeANewContext() throws Exception {
    AtomicInteger told = new AtomicInteger();
    ssl.addListener(told::incrementAndGet);
    keystore.setEntry("server", server.certificate());
    SSLContext before = ssl.getSSLContext("a");
    assertSame(before, ssl.getSSLContext("a"));

    ssl.handleEvent(new KeystoreChangedEvent("another"));
    assertSame(before, ssl.getSSLContext("a"));
    ssl.handleEvent(events.get(0));

    assertNotSame(before, ssl.getSSLContext("a"));
    assertEquals(1, told.get());
    ssl.update(settings(true));
    assertEquals(2, told.get());
  }

  @Test
  void shouldPreferTheTrustStoreForTrust() throws Exception {
    keystore.setEntry("server", server.certificate());
    FileKeystoreService empty =
        new FileKeystoreService(
            crypto,
            eventAdmin(),
            Map.of("keystore.path", directory.resolve("trust.ks").toString()));
    empty.setEntry("other", client.certificate());
    ssl.setTrust(empty, Map.of("kura.service.pid", "trust"));

    assertThrows(SSLException.class, () -> handshake(SERVER, ""));

    ssl.unsetTrust(empty);
    assertEquals("no client certificate", handshake(SERVER, ""));
  }

  @Test
  void shouldThrowAnUncheckedExceptionWithoutAKeystore() {
    ssl.unsetKeys(keystore);

    assertThrows(KuraRuntimeException.class, () -> ssl.getSSLContext());
  }

  /** Connects to a server of its own and returns whom the server saw. */
  private String handshake(String address, String alias) throws Exception {
    try (SSLServerSocket listening =
        (SSLServerSocket)
            serverContext()
                .getServerSocketFactory()
                .createServerSocket(0, 1, InetAddress.getByName(address))) {
      listening.setWantClientAuth(true);
      CompletableFuture<String> seen = CompletableFuture.supplyAsync(() -> accept(listening));
      try (SSLSocket socket =
          (SSLSocket)
              ssl.getSSLSocketFactory(alias).createSocket(address, listening.getLocalPort())) {
        socket.startHandshake();
        return seen.get(30, TimeUnit.SECONDS);
      }
    }
  }

  private static String accept(SSLServerSocket listening) {
    try (SSLSocket socket = (SSLSocket) listening.accept()) {
      socket.startHandshake();
      return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
          .getSubjectX500Principal()
          .getName();
    } catch (SSLPeerUnverifiedException e) {
      return "no client certificate";
    } catch (IOException e) {
      return "failed";
    }
  }

  private static SSLContext serverContext() throws Exception {
    KeyManagerFactory keyManagers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    KeyStore stores = KeyStore.getInstance("PKCS12");
    stores.load(null, null);
    stores.setEntry("server", server.key(), new KeyStore.PasswordProtection(PASSWORD));
    stores.setEntry("client", client.certificate(), null);
    keyManagers.init(stores, PASSWORD);
    TrustManagerFactory trustManagers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trustManagers.init(stores);
    SSLContext context = SSLContext.getInstance("TLSv1.2");
    context.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), null);
    return context;
  }

  private FileKeystoreService keystore(String password) {
    return new FileKeystoreService(
        crypto,
        eventAdmin(),
        Map.of(
            "kura.service.pid", PID,
            "keystore.path", directory.resolve("keys.ks").toString(),
            "keystore.password", password));
  }

  private EventAdmin eventAdmin() {
    return new EventAdmin() {
      @Override
      public void postEvent(Event event) {
        events.add(event);
      }

      @Override
      public void sendEvent(Event event) {
        throw new AssertionError("Kura posts");
      }
    };
  }

  private static KeystoreSslManagerService.Settings settings(boolean verify) {
    return settings(verify, "");
  }

  private static KeystoreSslManagerService.Settings settings(boolean verify, String cipherSuites) {
    return new KeystoreSslManagerService.Settings("TLSv1.2", verify, cipherSuites);
  }
}
