/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.testbed.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rejoin.testbed.Part;
import io.rejoin.testbed.Parts;
import io.rejoin.testbed.it.sample.Sample;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLContext;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.eclipse.kura.configuration.ConfigurationService;
import org.eclipse.kura.configuration.Password;
import org.eclipse.kura.crypto.CryptoService;
import org.eclipse.kura.message.store.provider.MessageStore;
import org.eclipse.kura.message.store.provider.MessageStoreProvider;
import org.eclipse.kura.security.keystore.KeystoreService;
import org.eclipse.kura.ssl.SslManagerService;
import org.eclipse.kura.system.SystemService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

/** The testbed in the OSGi framework that Kura 5.6.0 runs on. */
class KuraTestbedIT {
  private static final String PID = "sample-1";
  private static final String BY_PID = "(kura.service.pid=" + PID + ")";
  private static final String SHIPPED_STORE = "(kura.service.pid=org.eclipse.kura.db.H2DbService)";

  @TempDir static Path samples;
  private static Path sample;
  private static Path upgradedSample;

  @TempDir Path directory;
  private Path home;
  private Gateway gateway;

  @BeforeAll
  static void build() throws Exception {
    sample = SampleBundle.build(samples, Sample.class, "1.0.0");
    upgradedSample =
        SampleBundle.build(samples, io.rejoin.testbed.it.upgraded.Sample.class, "2.0.0");
  }

  @BeforeEach
  void boot() throws Exception {
    home = directory.resolve("kura");
    gateway = Gateway.boot(home, storage());
  }

  @AfterEach
  void shutdown() throws Exception {
    gateway.close();
  }

  @Test
  void shouldBeDeliveredWithAStoreAndTls() throws Exception {
    gateway.startTestbed();

    assertEquals(
        home.resolve("data").toString(),
        gateway.service(SystemService.class).getKuraDataDirectory());
    assertEquals(
        0,
        gateway
            .service(MessageStoreProvider.class, SHIPPED_STORE)
            .openMessageStore("a")
            .getMessageCount());
    assertEquals(
        List.of(),
        gateway.service(KeystoreService.class, "(kura.service.pid=SSLKeystore)").getAliases());
    assertNotNull(gateway.service(SslManagerService.class).getSSLContext());
  }

  @Test
  void shouldRunWithoutTheTestsHelpInAPlainEquinox() throws Exception {
    gateway.close();
    gateway = Gateway.bootWithKuraApi(directory.resolve("plain"), storage());

    gateway.startTestbed();

    for (Class<?> type :
        List.of(
            ConfigurationService.class,
            CryptoService.class,
            MessageStoreProvider.class,
            KeystoreService.class,
            SslManagerService.class)) {
      Gateway.await(type.getName(), () -> gateway.has(type.getName()));
    }
  }

  @Test
  void shouldSeedDefaultsAndHandThePasswordOverInClear() throws Exception {
    ConfigurationService configuration = startWithSample();

    configuration.createFactoryConfiguration(
        Sample.PID, PID, Map.of("secret", new Password("hush")), false);

    Map<String, Object> first = calls().get(0);
    assertEquals("text", first.get("text"));
    assertEquals(5, first.get("number"));
    assertFalse(first.containsKey("empty"));
    assertEquals("hush", first.get("secret"));
    assertEquals(PID, first.get("kura.service.pid"));
  }

  @Test
  void shouldMergeWithoutValidationAndEncryptThePassword() throws Exception {
    ConfigurationService configuration = startWithSample();
    configuration.createFactoryConfiguration(
        Sample.PID, PID, Map.of("secret", new Password("hush"), "text", "mine"), false);
    List<Map<String, Object>> calls = calls();

    configuration.updateConfiguration(PID, new HashMap<>(Map.of("number", "not a number")));

    Gateway.await("update", () -> "not a number".equals(last(calls).get("number")));
    assertEquals("mine", last(calls).get("text"));
    char[] secret = ((String) last(calls).get("secret")).toCharArray();
    assertEquals("hush", new String(gateway.service(CryptoService.class).decryptAes(secret)));
    assertEquals(
        "hush",
        configuration
            .getComponentConfiguration(PID)
            .getConfigurationProperties()
            .get("secret")
            .toString());
  }

  @Test
  void shouldTakeNullAsAbsentUntilDefaultsAreSeededAgain() throws Exception {
    ConfigurationService configuration = startWithSample();
    configuration.createFactoryConfiguration(Sample.PID, PID, null, false);
    List<Map<String, Object>> calls = calls();
    Map<String, Object> nothing = new HashMap<>();
    nothing.put("text", null);

    configuration.updateConfiguration(PID, nothing);

    Gateway.await("update", () -> !last(calls).containsKey("text"));
    assertEquals(5, last(calls).get("number"));
  }

  @Test
  void shouldIgnoreAnUpdateOfAPidThatIsNotTracked() throws Exception {
    ConfigurationService configuration = startWithSample();

    configuration.updateConfiguration("nobody", new HashMap<>(Map.of("text", "lost")));

    assertNull(configuration.getComponentConfiguration("nobody"));
    assertFalse(snapshotPids(configuration).contains("nobody"));
  }

  @Test
  void shouldNotTrackAComponentWhoseBundleIsStopped() throws Exception {
    gateway.startTestbed();
    Bundle bundle = gateway.install(sample);
    bundle.start();
    ConfigurationService configuration = gateway.service(ConfigurationService.class);
    await(configuration, Sample.PID);
    configuration.createFactoryConfiguration(Sample.PID, PID, null, true);
    calls();

    bundle.stop();

    Gateway.await("untracked", () -> !configuration.getConfigurableComponentPids().contains(PID));
    configuration.updateConfiguration(PID, new HashMap<>(Map.of("text", "lost")));
    bundle.start();
    List<Map<String, Object>> calls = calls();
    assertEquals("text", last(calls).get("text"));
    assertFalse(configuration.getSnapshot(configuration.snapshot()).isEmpty());
  }

  @Test
  void shouldRestoreTheSnapshotAndUpdateOnceMoreAfterARestart() throws Exception {
    ConfigurationService configuration = startWithSample();
    configuration.createFactoryConfiguration(
        Sample.PID, PID, Map.of("secret", new Password("hush"), "number", 7), true);

    restart();
    startWithSample();

    List<Map<String, Object>> calls = calls();
    Gateway.await("one more update", () -> calls.size() > 1);
    Map<String, Object> first = calls.get(0);
    assertEquals(7, first.get("number"));
    assertEquals(
        "hush",
        new String(
            gateway
                .service(CryptoService.class)
                .decryptAes(((String) first.get("secret")).toCharArray())));
    assertEquals(first, calls.get(1));
  }

  @Test
  void shouldForgetWhatIsInNoSnapshot() throws Exception {
    startWithSample().createFactoryConfiguration(Sample.PID, PID, null, false);
    calls();

    restart();
    ConfigurationService configuration = startWithSample();

    assertFalse(configuration.getConfigurableComponentPids().contains(PID));
  }

  @Test
  void shouldSeedOnlyNewDefaultsAfterAnUpgrade() throws Exception {
    startWithSample().createFactoryConfiguration(Sample.PID, PID, Map.of("number", 7), true);

    restart();
    gateway.startTestbed();
    gateway.install(upgradedSample).start();

    List<Map<String, Object>> calls = calls();
    Gateway.await("new default", () -> "added".equals(last(calls).get("added")));
    assertEquals("text", last(calls).get("text"));
    assertEquals(7, last(calls).get("number"));
  }

  @Test
  void shouldKeepTheConfigurationOfABundleThatIsMissing() throws Exception {
    startWithSample().createFactoryConfiguration(Sample.PID, PID, Map.of("text", "mine"), true);
    restart();
    gateway.startTestbed();
    gateway.service(ConfigurationService.class).snapshot();

    restart();
    startWithSample();

    assertEquals("mine", calls().get(0).get("text"));
  }

  @Test
  void shouldConfigureABundleThatComesAfterItsConfiguration() throws Exception {
    gateway.startTestbed();
    ConfigurationService configuration = gateway.service(ConfigurationService.class);
    configuration.createFactoryConfiguration(Sample.PID, PID, Map.of("text", "early"), false);

    gateway.install(sample).start();

    List<Map<String, Object>> calls = calls();
    Gateway.await("defaults", () -> Integer.valueOf(5).equals(last(calls).get("number")));
    assertEquals("early", last(calls).get("text"));
  }

  @Test
  void shouldTrackABundleThatWasThereBefore() throws Exception {
    gateway.install(sample).start();
    gateway.startTestbed();
    ConfigurationService configuration = gateway.service(ConfigurationService.class);
    await(configuration, Sample.PID);

    configuration.createFactoryConfiguration(Sample.PID, PID, null, false);

    assertEquals("text", calls().get(0).get("text"));
  }

  @Test
  void shouldRefuseAPidTwiceAndWarnOnlyOfDeletingNothing() throws Exception {
    ConfigurationService configuration = startWithSample();
    configuration.createFactoryConfiguration(Sample.PID, PID, null, false);

    assertThrows(
        KuraException.class,
        () -> configuration.createFactoryConfiguration(Sample.PID, PID, null, false));
    configuration.deleteFactoryConfiguration("nobody", false);
  }

  @Test
  void shouldDeleteAnInstanceForGood() throws Exception {
    ConfigurationService configuration = startWithSample();
    configuration.createFactoryConfiguration(Sample.PID, PID, null, true);
    calls();

    configuration.deleteFactoryConfiguration(PID, true);

    Gateway.await("gone", () -> gateway.present(Supplier.class, BY_PID).isEmpty());
    assertFalse(snapshotPids(configuration).contains(PID));
  }

  @Test
  void shouldRollBackToTheSnapshotBefore() throws Exception {
    ConfigurationService configuration = startWithSample();
    configuration.createFactoryConfiguration(Sample.PID, PID, Map.of("text", "good"), true);
    List<Map<String, Object>> before = calls();
    configuration.updateConfiguration(PID, new HashMap<>(Map.of("text", "bad")));
    Gateway.await("update", () -> "bad".equals(last(before).get("text")));

    configuration.rollback();

    Gateway.await(
        "rollback",
        () ->
            gateway
                .present(Supplier.class, BY_PID)
                .filter(calls -> "good".equals(last(configurations(calls)).get("text")))
                .isPresent());
  }

  @Test
  void shouldTakePartsAwayAndGiveThemBack() throws Exception {
    gateway.startTestbed();
    Parts parts = gateway.service(Parts.class);
    gateway.service(MessageStoreProvider.class, SHIPPED_STORE);
    gateway.service(ConfigurationService.class);

    parts.withhold(Part.CRYPTO);

    assertTrue(gateway.present(CryptoService.class, "(objectClass=*)").isEmpty());
    assertTrue(gateway.present(ConfigurationService.class, "(objectClass=*)").isEmpty());
    assertTrue(gateway.present(MessageStoreProvider.class, SHIPPED_STORE).isEmpty());

    parts.provide(Part.CRYPTO);

    gateway.service(ConfigurationService.class);
    assertEquals(
        0,
        gateway
            .service(MessageStoreProvider.class, SHIPPED_STORE)
            .openMessageStore("a")
            .getMessageCount());
  }

  @Test
  void shouldOfferAFurtherStoreOnAFileThatSurvivesARestart() throws Exception {
    gateway.startTestbed();
    int id = fileStore(true).store("topic", new byte[] {1}, 1, false, 7);

    restart();
    gateway.startTestbed();

    assertTrue(fileStore(false).get(id).isPresent());
  }

  @Test
  void shouldMakeANewTlsContextWhenTheKeystoreChanges() throws Exception {
    gateway.startTestbed();
    SslManagerService ssl = gateway.service(SslManagerService.class);
    KeystoreService keystore =
        gateway.service(KeystoreService.class, "(kura.service.pid=SSLKeystore)");
    SSLContext before = ssl.getSSLContext("alias");
    assertSame(before, ssl.getSSLContext("alias"));

    keystore.setEntry(
        "secret", new KeyStore.SecretKeyEntry(new SecretKeySpec(new byte[16], "AES")));

    Gateway.await("new context", () -> ssl.getSSLContext("alias") != before);
    assertNotSame(before, ssl.getSSLContext("alias"));
  }

  private MessageStore fileStore(boolean create) throws Exception {
    String pid = "store-1";
    if (create) {
      gateway
          .service(ConfigurationService.class)
          .createFactoryConfiguration(
              "org.eclipse.kura.core.db.H2DbService",
              pid,
              Map.of("db.connector.url", "jdbc:h2:file:" + home.resolve("data/messages")),
              true);
    }
    return gateway
        .service(MessageStoreProvider.class, "(kura.service.pid=" + pid + ")")
        .openMessageStore("a");
  }

  private ConfigurationService startWithSample() throws Exception {
    gateway.startTestbed();
    gateway.install(sample).start();
    ConfigurationService configuration = gateway.service(ConfigurationService.class);
    await(configuration, Sample.PID);
    return configuration;
  }

  private static void await(ConfigurationService configuration, String factoryPid)
      throws Exception {
    Gateway.await(factoryPid, () -> configuration.getFactoryComponentPids().contains(factoryPid));
  }

  private void restart() throws Exception {
    gateway.close();
    gateway = Gateway.boot(home, storage());
  }

  private Path storage() {
    return Gateway.emptyDirectory(directory, "storage");
  }

  /** The configurations that the sample got so far; grows. */
  private List<Map<String, Object>> calls() throws InterruptedException {
    return configurations(gateway.service(Supplier.class, BY_PID));
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> configurations(Supplier<?> sample) {
    return (List<Map<String, Object>>) sample.get();
  }

  private static Map<String, Object> last(List<Map<String, Object>> calls) {
    return calls.get(calls.size() - 1);
  }

  private static List<String> snapshotPids(ConfigurationService configuration)
      throws KuraException {
    return configuration.getSnapshot(configuration.snapshot()).stream()
        .map(ComponentConfiguration::getPid)
        .toList();
  }
}
