/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.testbed.security;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.KuraRuntimeException;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.configuration.ConfigurationService;
import org.eclipse.kura.security.keystore.KeystoreChangedEvent;
import org.eclipse.kura.security.keystore.KeystoreService;
import org.eclipse.kura.ssl.SslManagerService;
import org.eclipse.kura.ssl.SslServiceListener;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventHandler;
import org.osgi.service.metatype.annotations.Designate;

/**
 * TLS over keystores, as Kura 5.6.0 does it:
 *
 * <ul>
 *   <li>The trust store is the second keystore, or the first if there is no second. Without any, a
 *       {@link KuraRuntimeException}.
 *   <li><b>The alias of a key does not choose a key</b>: a context offers all keys of the store.
 *   <li>Cipher suites and the verification of the host name apply to sockets of the factory, not to
 *       engines of the context.
 *   <li>Contexts are kept until the configuration, a keystore or its content changes. Then each
 *       {@link SslServiceListener} service is told.
 * </ul>
 *
 * <p>Left out: revocation, and stores given by path.
 */
@Component(
    name = KeystoreSslManagerService.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    service = {SslManagerService.class, ConfigurableComponent.class, EventHandler.class},
    property = "event.topics=" + KeystoreChangedEvent.EVENT_TOPIC)
@Designate(ocd = SslManagerMetatype.class, factory = true)
public final class KeystoreSslManagerService
    implements SslManagerService, ConfigurableComponent, EventHandler {
  static final String PID = "org.eclipse.kura.ssl.SslManagerService";

  private final List<SslServiceListener> listeners = new CopyOnWriteArrayList<>();
  private final Map<String, SSLContext> contexts = new ConcurrentHashMap<>();
  private volatile Settings settings;
  private volatile @Nullable Keystore keys;
  private volatile @Nullable Keystore trust;

  /** A bound keystore and its {@code kura.service.pid}. */
  private record Keystore(KeystoreService service, String pid) {}

  /** How to connect; an empty list of cipher suites means those of the JVM. */
  record Settings(String protocol, boolean verifyHostName, String cipherSuites) {

    static Settings of(SslManagerMetatype configured) {
      return new Settings(
          configured.ssl_default_protocol(),
          configured.ssl_hostname_verification(),
          configured.ssl_default_cipherSuites());
    }
  }

  @Activate
  public KeystoreSslManagerService(SslManagerMetatype configured) {
    this(Settings.of(configured));
  }

  KeystoreSslManagerService(Settings settings) {
    this.settings = settings;
  }

  @Modified
  void modified(SslManagerMetatype configured) {
    update(Settings.of(configured));
  }

  void update(Settings changed) {
    settings = changed;
    changed();
  }

  @Reference(
      name = "KeystoreService",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC)
  void setKeys(KeystoreService service, Map<String, Object> properties) {
    keys = keystore(service, properties);
    changed();
  }

  void unsetKeys(KeystoreService service) {
    if (keys != null && keys.service() == service) {
      keys = null;
      changed();
    }
  }

  @Reference(
      name = "TruststoreKeystoreService",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC)
  void setTrust(KeystoreService service, Map<String, Object> properties) {
    trust = keystore(service, properties);
    changed();
  }

  void unsetTrust(KeystoreService service) {
    if (trust != null && trust.service() == service) {
      trust = null;
      changed();
    }
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void addListener(SslServiceListener listener) {
    listeners.add(listener);
  }

  void removeListener(SslServiceListener listener) {
    listeners.remove(listener);
  }

  @Override
  public void handleEvent(Event event) {
    Object sender = event.getProperty(KeystoreChangedEvent.SENDER_PID_PROPERTY_KEY);
    if (Stream.of(keys, trust)
        .filter(Objects::nonNull)
        .anyMatch(keystore -> keystore.pid().equals(sender))) {
      changed();
    }
  }

  @Override
  public SSLContext getSSLContext() throws GeneralSecurityException, IOException {
    return getSSLContext("");
  }

  @Override
  public SSLContext getSSLContext(String keyAlias) throws GeneralSecurityException, IOException {
    SSLContext known = contexts.get(keyAlias);
    if (known != null) {
      return known;
    }
    SSLContext context = create();
    contexts.put(keyAlias, context);
    return context;
  }

  @Override
  public SSLSocketFactory getSSLSocketFactory() throws GeneralSecurityException, IOException {
    return getSSLContext().getSocketFactory();
  }

  @Override
  public SSLSocketFactory getSSLSocketFactory(String keyAlias)
      throws GeneralSecurityException, IOException {
    return getSSLContext(keyAlias).getSocketFactory();
  }

  @Override
  @Deprecated
  public SSLSocketFactory getSSLSocketFactory(
      String protocol,
      String cipherSuites,
      String trustStorePath,
      String keyStorePath,
      char[] keyStorePassword,
      String keyAlias) {
    throw leftOut();
  }

  @Override
  @Deprecated
  public SSLSocketFactory getSSLSocketFactory(
      String protocol,
      String cipherSuites,
      String trustStorePath,
      String keyStorePath,
      char[] keyStorePassword,
      String keyAlias,
      boolean hostnameVerification) {
    throw leftOut();
  }

  @Override
  @Deprecated
  public X509Certificate @Nullable [] getTrustCertificates()
      throws GeneralSecurityException, IOException {
    for (TrustManager manager : trustManagers()) {
      if (manager instanceof X509TrustManager x509) {
        return x509.getAcceptedIssuers();
      }
    }
    return null;
  }

  @Override
  @Deprecated
  public void installTrustCertificate(String alias, X509Certificate x509crt) throws IOException {
    set(alias, new KeyStore.TrustedCertificateEntry(x509crt));
  }

  @Override
  @Deprecated
  public void deleteTrustCertificate(String alias) throws IOException {
    try {
      requireKeys().deleteEntry(alias);
    } catch (KuraException e) {
      throw new IOException(e);
    }
  }

  @Override
  @Deprecated
  public void installPrivateKey(
      String alias, PrivateKey privateKey, char[] password, Certificate[] publicCerts)
      throws IOException {
    set(alias, new KeyStore.PrivateKeyEntry(privateKey, publicCerts));
  }

  private SSLContext create() throws GeneralSecurityException, IOException {
    SSLContext context = SSLContext.getInstance(settings.protocol());
    context.init(keyManagers(), trustManagers(), null);
    return VerifyingSslContext.around(context, settings.verifyHostName(), settings.cipherSuites());
  }

  private KeyManager[] keyManagers() throws IOException {
    try {
      return requireKeys()
          .getKeyManagers(KeyManagerFactory.getDefaultAlgorithm())
          .toArray(KeyManager[]::new);
    } catch (KuraException e) {
      throw new IOException(e);
    }
  }

  private TrustManager[] trustManagers() throws GeneralSecurityException, IOException {
    Keystore store = trust == null ? keys : trust;
    if (store == null) {
      return new TrustManager[0];
    }
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store.service().getKeyStore());
      return factory.getTrustManagers();
    } catch (KuraException e) {
      throw new IOException(e);
    }
  }

  private void set(String alias, KeyStore.Entry entry) throws IOException {
    try {
      requireKeys().setEntry(alias, entry);
    } catch (KuraException e) {
      throw new IOException(e);
    }
  }

  private KeystoreService requireKeys() {
    Keystore bound = keys;
    if (bound == null) {
      throw new KuraRuntimeException(KuraErrorCode.INTERNAL_ERROR);
    }
    return bound.service();
  }

  private void changed() {
    contexts.clear();
    listeners.forEach(SslServiceListener::onConfigurationUpdated);
  }

  private static Keystore keystore(KeystoreService service, Map<String, Object> properties) {
    return new Keystore(
        service, String.valueOf(properties.get(ConfigurationService.KURA_SERVICE_PID)));
  }

  private static KuraRuntimeException leftOut() {
    return new KuraRuntimeException(KuraErrorCode.OPERATION_NOT_SUPPORTED, "a store given by path");
  }
}
