/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator.dps;

import com.google.gson.JsonElement;
import org.jspecify.annotations.Nullable;

/** Decides where a device belongs, each time it registers: an allocation policy. */
@FunctionalInterface
public interface Allocation {

  /**
   * Where to go.
   *
   * @param hubHostName where the device belongs
   * @param payload custom JSON for the device, null for none
   */
  record Target(String hubHostName, @Nullable JsonElement payload) {}

  /**
   * Decides.
   *
   * @param payload custom JSON that the device sent, null for none
   */
  Target allocate(String registrationId, @Nullable JsonElement payload);

  /** Always the same hub. */
  static Allocation to(String hubHostName) {
    return (registrationId, payload) -> new Target(hubHostName, null);
  }
}
