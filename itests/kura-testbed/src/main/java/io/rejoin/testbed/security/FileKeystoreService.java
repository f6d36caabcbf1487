/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.testbed.security;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.KeyStore.Entry;
import java.security.KeyStore.PasswordProtection;
import java.security.KeyStore.ProtectionParameter;
import java.security.KeyStore.TrustedCertificateEntry;
import java.security.SecureRandom;
import java.security.cert.CRL;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.X509CRL;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.security.auth.x500.X500Principal;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.configuration.ConfigurationService;
import org.eclipse.kura.configuration.Password;
import org.eclipse.kura.crypto.CryptoService;
import org.eclipse.kura.security.keystore.KeystoreChangedEvent;
import org.eclipse.kura.security.keystore.KeystoreService;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.event.EventAdmin;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A keystore in a PKCS12 file, as Kura 5.6.0 does it: the file is made if it is missing and read
 * again at each call; each change is saved at once and told by a {@link KeystoreChangedEvent}; key
 * managers cover <b>all</b> private keys, and are a copy that does not follow changes.
 *
 * <p>Left out: making keys and certificate requests, revocation lists, and changing the password.
 */
@Component(
    name = FileKeystoreService.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    service = {KeystoreService.class, ConfigurableComponent.class})
@Designate(ocd = FileKeystoreMetatype.class, factory = true)
public final class FileKeystoreService implements KeystoreService, ConfigurableComponent {
  static final String PID = "org.eclipse.kura.core.keystore.FilesystemKeystoreServiceImpl";

  private static final Logger logger = LoggerFactory.getLogger(FileKeystoreService.class);

  private final CryptoService crypto;
  private final EventAdmin events;
  private volatile Settings settings;

  /** Where the file is; the password is in clear. */
  private record Settings(String pid, Path file, Password password) {}

  @Activate
  public FileKeystoreService(
      @Reference CryptoService crypto,
      @Reference EventAdmin events,
      Map<String, Object> properties) {
    this.crypto = crypto;
    this.events = events;
    this.settings = settings(properties);
    createIfMissing();
  }

  @Modified
  void update(Map<String, Object> properties) {
    settings = settings(properties);
    createIfMissing();
  }

  @Override
  public synchronized KeyStore getKeyStore() throws KuraException {
    try (InputStream in = Files.newInputStream(settings.file())) {
      KeyStore keystore = KeyStore.getInstance("PKCS12");
      keystore.load(in, settings.password().getPassword());
      return keystore;
    } catch (IOException | GeneralSecurityException e) {
      throw new KuraException(KuraErrorCode.BAD_REQUEST, e, "Failed to get the KeyStore");
    }
  }

  @Override
  public @Nullable Entry getEntry(String alias) throws KuraException {
    requireAlias(alias);
    KeyStore keystore = getKeyStore();
    try {
      return keystore.getEntry(alias, keystore.isKeyEntry(alias) ? protection() : null);
    } catch (GeneralSecurityException e) {
      throw new KuraException(KuraErrorCode.BAD_REQUEST, e, "Failed to get the entry " + alias);
    }
  }

  @Override
  public synchronized void setEntry(String alias, Entry entry) throws KuraException {
    requireAlias(alias);
    KeyStore keystore = getKeyStore();
    try {
      keystore.setEntry(
          alias, entry, entry instanceof TrustedCertificateEntry ? null : protection());
    } catch (GeneralSecurityException e) {
      throw new KuraException(KuraErrorCode.BAD_REQUEST, e, "Failed to set the entry " + alias);
    }
    saveAndTell(keystore);
  }

  @Override
  public Map<String, Entry> getEntries() throws KuraException {
    Map<String, Entry> entries = new HashMap<>();
    for (String alias : getAliases()) {
      Entry entry = getEntry(alias);
      if (entry != null) {
        entries.put(alias, entry);
      }
    }
    return entries;
  }

  @Override
  public synchronized void deleteEntry(String alias) throws KuraException {
    requireAlias(alias);
    KeyStore keystore = getKeyStore();
    try {
      if (!keystore.containsAlias(alias)) {
        return;
      }
      keystore.deleteEntry(alias);
    } catch (GeneralSecurityException e) {
      throw new KuraException(KuraErrorCode.BAD_REQUEST, e, "Failed to delete entry " + alias);
    }
    saveAndTell(keystore);
  }

  @Override
  public List<KeyManager> getKeyManagers(String algorithm) throws KuraException {
    try {
      return keyManagers(KeyManagerFactory.getInstance(algorithm));
    } catch (GeneralSecurityException e) {
      throw new KuraException(KuraErrorCode.BAD_REQUEST, e, "Failed to get the key managers");
    }
  }

  @Override
  public List<KeyManager> getKeyManagers(String algorithm, String provider) throws KuraException {
    try {
      return keyManagers(KeyManagerFactory.getInstance(algorithm, provider));
    } catch (GeneralSecurityException e) {
      throw new KuraException(KuraErrorCode.BAD_REQUEST, e, "Failed to get the key managers");
    }
  }

  @Override
  public List<String> getAliases() throws KuraException {
    try {
      return Collections.list(getKeyStore().aliases());
    } catch (GeneralSecurityException e) {
      throw new KuraException(KuraErrorCode.BAD_REQUEST, e, "Failed to get the aliases");
    }
  }

  @Override
  public Collection<CRL> getCRLs() {
    return List.of();
  }

  @Override
  public CertStore getCRLStore() throws KuraException {
    try {
      return CertStore.getInstance("Collection", new CollectionCertStoreParameters());
    } catch (GeneralSecurityException e) {
      throw new KuraException(KuraErrorCode.BAD_REQUEST, e, "Failed to get the CRL store");
    }
  }

  @Override
  public void addCRL(X509CRL crl) throws KuraException {
    throw leftOut("addCRL");
  }

  @Override
  public void createKeyPair(
      String alias, String algorithm, int keySize, String signatureAlgorithm, String attributes)
      throws KuraException {
    throw leftOut("createKeyPair");
  }

  @Override
  public void createKeyPair(
      String alias,
      String algorithm,
      int keySize,
      String signatureAlgorithm,
      String attributes,
      SecureRandom secureRandom)
      throws KuraException {
    throw leftOut("createKeyPair");
  }

  @Override
  public void createKeyPair(
      String alias,
      String algorithm,
      AlgorithmParameterSpec algorithmParameter,
      String signatureAlgorithm,
      String attributes,
      SecureRandom secureRandom)
      throws KuraException {
    throw leftOut("createKeyPair");
  }

  @Override
  public void createKeyPair(
      String alias,
      String algorithm,
      AlgorithmParameterSpec algorithmParameter,
      String signatureAlgorithm,
      String attributes)
      throws KuraException {
    throw leftOut("createKeyPair");
  }

  @Override
  public String getCSR(KeyPair keyPair, X500Principal principal, String signerAlg)
      throws KuraException {
    throw leftOut("getCSR");
  }

  @Override
  public String getCSR(String alias, X500Principal principal, String signerAlg)
      throws KuraException {
    throw leftOut("getCSR");
  }

  private List<KeyManager> keyManagers(KeyManagerFactory factory)
      throws KuraException, GeneralSecurityException {
    factory.init(getKeyStore(), settings.password().getPassword());
    return List.of(factory.getKeyManagers());
  }

  private void saveAndTell(KeyStore keystore) throws KuraException {
    try {
      save(keystore);
    } catch (IOException | GeneralSecurityException e) {
      throw new KuraException(KuraErrorCode.BAD_REQUEST, e, "Failed to save the keystore");
    }
    events.postEvent(new KeystoreChangedEvent(settings.pid()));
  }

  private void save(KeyStore keystore) throws IOException, GeneralSecurityException {
    try (OutputStream out = Files.newOutputStream(settings.file())) {
      keystore.store(out, settings.password().getPassword());
    }
  }

  private synchronized void createIfMissing() {
    if (Files.exists(settings.file())) {
      return;
    }
    try {
      KeyStore keystore = KeyStore.getInstance("PKCS12");
      keystore.load(null, settings.password().getPassword());
      save(keystore);
    } catch (IOException | GeneralSecurityException e) {
      logger.error("Keystore file creation failed: {}", settings.file(), e);
    }
  }

  private Settings settings(Map<String, Object> properties) {
    return new Settings(
        String.valueOf(properties.get(ConfigurationService.KURA_SERVICE_PID)),
        Path.of(text(properties, "keystore.path", "/tmp/keystore.ks")),
        new Password(decrypted(text(properties, "keystore.password", "changeit").toCharArray())));
  }

  /** A password that was never updated arrives in clear. */
  private char[] decrypted(char[] password) {
    try {
      return crypto.decryptAes(password);
    } catch (KuraException | RuntimeException e) {
      return password;
    }
  }

  private ProtectionParameter protection() {
    return new PasswordProtection(settings.password().getPassword());
  }

  private static void requireAlias(@Nullable String alias) {
    if (alias == null || alias.isBlank()) {
      throw new IllegalArgumentException("Key Pair alias cannot be null!");
    }
  }

  private static String text(Map<String, Object> properties, String key, String otherwise) {
    return properties.get(key) instanceof String text ? text : otherwise;
  }

  private static KuraException leftOut(String operation) {
    return new KuraException(KuraErrorCode.OPERATION_NOT_SUPPORTED, operation);
  }
}
