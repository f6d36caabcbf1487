/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator.hub;

import io.rejoin.azure.emulator.identity.Credential;

/** An entry of the registry. */
public record Device(String id, Credential credential, boolean enabled) {
  Device enabled(boolean nowEnabled) {
    return new Device(id, credential, nowEnabled);
  }
}
