/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package org.eclipse.kura.system;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.osgi.annotation.versioning.ProviderType;

/** Facts about a gateway beyond those that {@link SystemService} has methods for. */
@ProviderType
public class ExtendedProperties {
  private final String version;
  private final List<ExtendedPropertyGroup> groups;

  /** Facts in groups; the version must not be blank. */
  public ExtendedProperties(String version, List<ExtendedPropertyGroup> groups) {
    if (version.isBlank()) {
      throw new IllegalArgumentException("extended properties need a version");
    }
    this.version = version;
    this.groups = Collections.unmodifiableList(Objects.requireNonNull(groups));
  }

  public String getVersion() {
    return version;
  }

  public List<ExtendedPropertyGroup> getPropertyGroups() {
    return groups;
  }
}
