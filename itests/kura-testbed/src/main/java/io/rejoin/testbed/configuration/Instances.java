/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.testbed.configuration;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The instances that are tracked, as measured on Kura 5.6.0: from the creation of their
 * configuration, or from the registration of their service, until that is unregistered.
 */
final class Instances {

  /**
   * A tracked instance.
   *
   * @param pid its {@code kura.service.pid}
   * @param servicePid the pid under which ConfigurationAdmin knows it; another after each boot
   * @param factoryPid null for a component that is no factory
   */
  record Instance(String pid, String servicePid, @Nullable String factoryPid) {}

  private final Map<String, Instance> tracked = new TreeMap<>();
  private final Set<String> deleted = new HashSet<>();

  void add(Instance instance) {
    tracked.put(instance.pid(), instance);
  }

  void remove(String pid) {
    tracked.remove(pid);
  }

  boolean contains(String pid) {
    return tracked.containsKey(pid);
  }

  Optional<Instance> get(String pid) {
    return Optional.ofNullable(tracked.get(pid));
  }

  List<Instance> all() {
    return new ArrayList<>(tracked.values());
  }

  Set<String> pids() {
    return Set.copyOf(tracked.keySet());
  }

  /** Remembers a deletion, so that the next snapshot leaves the instance out. */
  void markDeleted(String pid) {
    deleted.add(pid);
  }

  void markCreated(String pid) {
    deleted.remove(pid);
  }

  boolean isDeleted(String pid) {
    return deleted.contains(pid);
  }

  void forgetDeletions() {
    deleted.clear();
  }
}
