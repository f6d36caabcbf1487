/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.itests;

import io.rejoin.azure.emulator.tls.Identity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore.PrivateKeyEntry;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.kura.configuration.Password;
import org.eclipse.kura.security.keystore.KeystoreService;

/** Kura keystores with the devices' certificates. */
final class Keystores {

  private final Gateway gateway;
  private final List<String> pids = new ArrayList<>();

  Keystores(Gateway gateway) {
    this.gateway = gateway;
  }

  /** Puts a certificate into a keystore, and tells how a provisioner is configured for it. */
  Map<String, Object> certificate(String alias, Identity identity) throws Exception {
    Path file = gateway.dataDirectory().resolve(alias + ".p12");
    Files.write(file, identity.pkcs12(alias));
    String pid = "Keystore-" + alias;
    pids.add(pid);
    gateway.create(
        "org.eclipse.kura.core.keystore.FilesystemKeystoreServiceImpl",
        pid,
        Map.of(
            "keystore.path",
            file.toString(),
            "keystore.password",
            new Password(LocalAzure.PASSWORD.toCharArray())));
    return Map.of(
        "attestation",
        "x509",
        "keystore.alias",
        alias,
        "KeystoreService.target",
        Gateway.target(pid));
  }

  /** What the console does when a new key pair is imported under the same name. */
  void replace(String alias, Identity identity) throws Exception {
    gateway
        .service(KeystoreService.class, "Keystore-" + alias)
        .setEntry(
            alias,
            new PrivateKeyEntry(identity.key(), identity.chain().toArray(X509Certificate[]::new)));
  }

  void delete() throws Exception {
    for (String pid : pids) {
      gateway.delete(pid);
    }
  }
}
