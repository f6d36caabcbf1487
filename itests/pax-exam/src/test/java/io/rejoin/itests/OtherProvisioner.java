/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.itests;

import io.rejoin.azure.emulator.hub.HubEmulator;
import io.rejoin.provisioning.Assignment;
import io.rejoin.provisioning.DeviceCredential;
import io.rejoin.provisioning.Provisioner;
import io.rejoin.provisioning.ProvisionerStatus;
import io.rejoin.provisioning.ProvisioningRequest;
import io.rejoin.provisioning.ProvisioningResult;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Another provisioning service's client: it knows one device, and sends it to one hub. */
final class OtherProvisioner implements Provisioner {

  private final Assignment assignment;
  private final DeviceCredential credential;

  OtherProvisioner(String deviceId, HubEmulator hub) {
    assignment = new Assignment(hub.hostName(), deviceId, Instant.now(), "", "");
    byte[] key = Base64.getDecoder().decode(hub.registry().primaryKey(deviceId));
    credential = (DeviceCredential.SharedKey) message -> sign(key, message);
  }

  private static byte[] sign(byte[] key, byte[] message) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public CompletionStage<ProvisioningResult> provision(ProvisioningRequest request) {
    return CompletableFuture.completedFuture(new ProvisioningResult.Assigned(assignment));
  }

  @Override
  public Optional<Assignment> cachedAssignment() {
    return Optional.empty();
  }

  @Override
  public Optional<DeviceCredential> credential() {
    return Optional.of(credential);
  }

  @Override
  public ProvisionerStatus status() {
    return new ProvisionerStatus("the other service", Integer.MAX_VALUE, null, null, "", "");
  }
}
