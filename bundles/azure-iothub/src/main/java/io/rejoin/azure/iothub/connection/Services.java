/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.connection;

import io.rejoin.provisioning.Provisioner;
import java.util.Optional;
import org.eclipse.kura.security.keystore.KeystoreService;
import org.eclipse.kura.ssl.SslManagerService;
import org.eclipse.kura.watchdog.WatchdogService;
import org.jspecify.annotations.Nullable;

/**
 * The services that come and go while a connection lives. Written by the bind methods, read on any
 * thread.
 */
final class Services {

  private volatile @Nullable Provisioner provisioner;
  private volatile @Nullable KeystoreService keystore;
  private volatile @Nullable KeystoreService truststore;
  private volatile @Nullable SslManagerService sslManager;
  private volatile @Nullable WatchdogService watchdog;

  Optional<Provisioner> provisioner() {
    return Optional.ofNullable(provisioner);
  }

  Optional<KeystoreService> keystore() {
    return Optional.ofNullable(keystore);
  }

  Optional<KeystoreService> truststore() {
    return Optional.ofNullable(truststore);
  }

  Optional<SslManagerService> sslManager() {
    return Optional.ofNullable(sslManager);
  }

  Optional<WatchdogService> watchdog() {
    return Optional.ofNullable(watchdog);
  }

  void provisioner(@Nullable Provisioner value) {
    provisioner = value;
  }

  void keystore(@Nullable KeystoreService value) {
    keystore = value;
  }

  void truststore(@Nullable KeystoreService value) {
    truststore = value;
  }

  void sslManager(@Nullable SslManagerService value) {
    sslManager = value;
  }

  void watchdog(@Nullable WatchdogService value) {
    watchdog = value;
  }
}
