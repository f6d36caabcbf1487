/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.dps.identity;

import io.rejoin.provisioning.DeviceCredential;

/**
 * A device's symmetric key: that of its individual enrolment, or one derived from its group's.
 *
 * @param key what signs; {@link #toString} shows nothing of it
 */
public record SymmetricKey(HmacKey key) implements DeviceCredential.SharedKey {

  @Override
  public byte[] sign(byte[] message) {
    return key.sign(message);
  }
}
