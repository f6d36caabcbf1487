/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.testbed.configuration;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.kura.configuration.metatype.OCD;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;

/**
 * The definitions of the bundles that are or were active. As in Kura 5.6.0 a definition stays when
 * its bundle goes; only the factory is offered no more.
 */
final class Definitions {
  private final Map<String, OCD> byPid = new HashMap<>();
  private final Map<String, Long> bundleByFactoryPid = new TreeMap<>();

  void add(String pid, OCD definition) {
    byPid.put(pid, definition);
  }

  void addFactory(String pid, OCD definition, Bundle bundle) {
    byPid.put(pid, definition);
    bundleByFactoryPid.put(pid, bundle.getBundleId());
  }

  void removeFactories(Bundle bundle) {
    bundleByFactoryPid.values().removeIf(id -> id == bundle.getBundleId());
  }

  Set<String> factoryPids() {
    return Set.copyOf(bundleByFactoryPid.keySet());
  }

  /**
   * The definition of an instance.
   *
   * @param factoryPid null for a component that is no factory
   */
  Optional<OCD> of(String pid, @Nullable String factoryPid) {
    OCD ofFactory = factoryPid == null ? null : byPid.get(factoryPid);
    return Optional.ofNullable(ofFactory == null ? byPid.get(pid) : ofFactory);
  }
}
