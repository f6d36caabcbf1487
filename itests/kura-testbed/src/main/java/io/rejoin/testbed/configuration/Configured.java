/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.testbed.configuration;

import java.util.HashMap;
import java.util.Map;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.eclipse.kura.configuration.metatype.OCD;
import org.jspecify.annotations.Nullable;

/**
 * A configuration as it is handed out.
 *
 * @param pid the {@code kura.service.pid}
 * @param definition null if it is not known
 * @param values the values, which may be changed
 */
record Configured(String pid, @Nullable OCD definition, Map<String, Object> values)
    implements ComponentConfiguration {

  /** A copy with values of its own and without definition, as it is kept in a snapshot. */
  static Configured copyOf(ComponentConfiguration other) {
    Map<String, Object> values = other.getConfigurationProperties();
    return new Configured(
        other.getPid(), null, values == null ? new HashMap<>() : new HashMap<>(values));
  }

  @Override
  public String getPid() {
    return pid;
  }

  @Override
  public @Nullable OCD getDefinition() {
    return definition;
  }

  @Override
  public Map<String, Object> getConfigurationProperties() {
    return values;
  }
}
