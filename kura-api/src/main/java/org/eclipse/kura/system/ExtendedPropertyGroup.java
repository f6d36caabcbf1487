/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package org.eclipse.kura.system;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import org.osgi.annotation.versioning.ProviderType;

/** A named group of facts about a gateway. */
@ProviderType
public class ExtendedPropertyGroup {
  private final String name;
  private final Map<String, String> properties;

  /** A group; the name must not be blank. */
  public ExtendedPropertyGroup(String name, Map<String, String> properties) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a group needs a name");
    }
    this.name = name;
    this.properties = Collections.unmodifiableMap(Objects.requireNonNull(properties));
  }

  public String getName() {
    return name;
  }

  public Map<String, String> getProperties() {
    return properties;
  }
}
