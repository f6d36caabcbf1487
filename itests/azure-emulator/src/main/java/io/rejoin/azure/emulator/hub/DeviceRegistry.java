/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator.hub;

import io.rejoin.azure.emulator.identity.Credential;
import io.rejoin.azure.emulator.identity.SymmetricKeys;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The identities that a hub knows. As on Azure a device's connection ends when it is disabled,
 * deleted or given another credential, and everything kept for it goes when it is deleted.
 * Thread-safe.
 */
public final class DeviceRegistry {
  private final Map<String, Device> devices = new ConcurrentHashMap<>();
  private final Consumer<String> changed;
  private final Consumer<String> removed;

  DeviceRegistry(Consumer<String> changed, Consumer<String> removed) {
    this.changed = changed;
    this.removed = removed;
  }

  /** Adds a device with new keys, or gives new keys to one that is there. */
  public Device add(String id) {
    return add(id, SymmetricKeys.generate());
  }

  /** Adds a device, or changes the credential of one that is there. Enabled. */
  public Device add(String id, Credential credential) {
    Device device = new Device(id, credential, true);
    Device before = devices.put(id, device);
    if (before != null && !before.equals(device)) {
      changed.accept(id);
    }
    return device;
  }

  public void enable(String id) {
    change(id, true);
  }

  public void disable(String id) {
    change(id, false);
  }

  public void delete(String id) {
    if (devices.remove(id) != null) {
      removed.accept(id);
    }
  }

  public Optional<Device> find(String id) {
    return Optional.ofNullable(devices.get(id));
  }

  /**
   * The device's primary key, base64.
   *
   * @throws IllegalArgumentException when there is no such device with a key
   */
  public String primaryKey(String id) {
    Device device = devices.get(id);
    if (device != null && device.credential() instanceof SymmetricKeys keys) {
      return keys.primary();
    }
    throw new IllegalArgumentException("no device " + id + " with a shared key");
  }

  /** All devices, by id. */
  public List<Device> all() {
    return devices.keySet().stream().sorted().map(devices::get).filter(d -> d != null).toList();
  }

  private void change(String id, boolean enabled) {
    Device changedDevice = devices.computeIfPresent(id, (key, device) -> device.enabled(enabled));
    if (changedDevice == null) {
      throw new IllegalArgumentException("no device " + id);
    }
    changed.accept(id);
  }
}
