/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.simulation;

import io.rejoin.azure.iothub.link.LinkSettings;
import io.rejoin.provisioning.Assignment;
import io.rejoin.provisioning.DeviceCredential;
import io.rejoin.retry.Failure;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One IoT hub and what ails it. */
final class Hub {

  static final String DEVICE = "pump-7";
  private static final DeviceCredential KEY = (DeviceCredential.SharedKey) message -> message;

  final String name;
  final LinkSettings settings;
  final Assignment assignment;

  /** Whether the device exists there. */
  boolean knowsDevice;

  /** Its name does not resolve any more. */
  boolean deleted;

  /** Nothing answers. */
  boolean down;

  /** It takes messages and confirms none. */
  boolean mute;

  /** Why it refuses each CONNECT with code 5; what it says over HTTPS. */
  @Nullable Failure refusal;

  Hub(String name) {
    this.name = name;
    settings = LinkSettings.to(name, DEVICE, KEY).build();
    assignment = new Assignment(name, DEVICE, Instant.EPOCH, "", "");
  }

  void heal() {
    down = false;
    mute = false;
    refusal = null;
  }

  @Override
  public String toString() {
    return name;
  }
}
