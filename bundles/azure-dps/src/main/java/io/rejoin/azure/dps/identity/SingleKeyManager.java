/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.dps.identity;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Offers one key of many. Kura's keystores hand out key managers for all their keys, from which TLS
 * would choose by issuer; a device has to show the one its enrolment names.
 */
final class SingleKeyManager extends X509ExtendedKeyManager {

  private static final String[] KEY_TYPES = {
    "RSA", "EC", "RSASSA-PSS", "EdDSA", "Ed25519", "Ed448"
  };

  private final X509ExtendedKeyManager keys;
  private final String alias;

  private SingleKeyManager(X509ExtendedKeyManager keys, String alias) {
    this.keys = keys;
    this.alias = alias;
  }

  /**
   * The manager for one certificate, empty when these keys do not include it. Found by certificate,
   * since key managers name their aliases as they like.
   */
  static Optional<SingleKeyManager> of(X509ExtendedKeyManager keys, X509Certificate certificate) {
    for (String type : KEY_TYPES) {
      String[] aliases = keys.getClientAliases(type, null);
      for (String alias : aliases == null ? new String[0] : aliases) {
        X509Certificate[] chain = keys.getCertificateChain(alias);
        if (chain != null && chain.length > 0 && chain[0].equals(certificate)) {
          return Optional.of(new SingleKeyManager(keys, alias));
        }
      }
    }
    return Optional.empty();
  }

  @Override
  public String chooseEngineClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    return alias;
  }

  @Override
  public String chooseClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return alias;
  }

  @Override
  public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return new String[] {alias};
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String requested) {
    return keys.getCertificateChain(requested);
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String requested) {
    return keys.getPrivateKey(requested);
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return null;
  }
}
