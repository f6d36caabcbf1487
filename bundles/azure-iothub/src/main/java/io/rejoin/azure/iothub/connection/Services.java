/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.connection;

import io.rejoin.provisioning.DeviceCredential;
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
  private volatile @Nullable DeviceCredential lastCredential;
  private volatile @Nullable KeystoreService keystore;
  private volatile @Nullable KeystoreService truststore;
  private volatile @Nullable SslManagerService sslManager;
  private volatile @Nullable WatchdogService watchdog;

  Optional<Provisioner> provisioner() {
    return Optional.ofNullable(provisioner);
  }

  /**
   * The provisioner's credential. While its bundle is stopped, updated or exchanged, the one that
   * it gave last, so that a connection that is lost just then comes back.
   */
  Optional<DeviceCredential> provisionedCredential() {
    Provisioner present = provisioner;
    if (present == null) {
      return Optional.ofNullable(lastCredential);
    }
    Optional<DeviceCredential> given = present.credential();
    given.ifPresent(credential -> lastCredential = credential);
    return given;
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
