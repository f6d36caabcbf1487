/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package org.eclipse.kura.configuration;

import java.util.Map;
import org.eclipse.kura.configuration.metatype.OCD;
import org.osgi.annotation.versioning.ProviderType;

/** A component's configuration and its definition. */
@ProviderType
public interface ComponentConfiguration {
  /** Returns the {@code kura.service.pid}. */
  String getPid();

  /** Returns what the metatype file says of it, null if that is not known. */
  OCD getDefinition();

  /** Returns the values; of type {@code Password} where the definition says so. */
  Map<String, Object> getConfigurationProperties();
}
