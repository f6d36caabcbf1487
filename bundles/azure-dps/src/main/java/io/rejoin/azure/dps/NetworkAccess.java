/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.dps;

import io.rejoin.azure.dps.https.HttpsTransport;
import io.rejoin.azure.dps.https.NameService;
import io.rejoin.azure.dps.https.PeerInspection;
import io.rejoin.azure.dps.https.Tls;
import io.rejoin.azure.dps.identity.IdentityException;
import io.rejoin.azure.dps.identity.KeystoreCertificate;
import io.rejoin.azure.dps.protocol.DpsErrors;
import io.rejoin.azure.dps.protocol.DpsTime;
import io.rejoin.azure.dps.protocol.DpsTransport;
import io.rejoin.azure.dps.protocol.SasToken;
import io.rejoin.provisioning.DeviceCredential;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The way to the service for one configuration, by the services that are bound when it is taken.
 */
final class NetworkAccess implements Registrar.Access, DpsErrors.Diagnosis {

  /** Enough for one request; each makes its own token. */
  private static final Duration TOKEN_LIFE = Duration.ofHours(1);

  private static final Duration DIAGNOSIS_LIMIT = Duration.ofSeconds(5);

  private final Settings settings;
  private final KuraServices services;
  private final DpsTime time;

  NetworkAccess(Settings settings, KuraServices services, DpsTime time) {
    this.settings = settings;
    this.services = services;
    this.time = time;
  }

  @Override
  public DeviceCredential credential() throws IdentityException {
    return settings.key() != null
        ? settings.key()
        : KeystoreCertificate.load(services.keystore(), settings.keystoreAlias());
  }

  @Override
  public DpsTransport open(DeviceCredential credential)
      throws GeneralSecurityException, IOException {
    return new HttpsTransport(
        settings.endpoint(),
        settings.proxy(),
        () -> authorization(credential),
        Tls.of(services.sslManager(), credential),
        settings.connectLimit());
  }

  private @Nullable String authorization(DeviceCredential credential) {
    return credential instanceof DeviceCredential.SharedKey key
        ? SasToken.create(settings.registration(), key, time.wallTime().plus(TOKEN_LIFE))
        : null;
  }

  /** The default endpoint certainly exists; when it is the one not found there is no other. */
  @Override
  public boolean otherNameResolves() {
    return !settings.endpoint().host().equals(SettingsReader.DEFAULT_ENDPOINT)
        && NameService.resolves(SettingsReader.DEFAULT_ENDPOINT, DIAGNOSIS_LIMIT);
  }

  /** Only where nothing stands between: what a proxy shows is not asked for. */
  @Override
  public boolean peerHasAnotherName() {
    return settings.proxy() == null
        && PeerInspection.showsAnotherName(settings.endpoint(), DIAGNOSIS_LIMIT);
  }
}
