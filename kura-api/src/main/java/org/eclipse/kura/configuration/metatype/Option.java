/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package org.eclipse.kura.configuration.metatype;

import org.osgi.annotation.versioning.ProviderType;

/** One of the values among which an attribute can be chosen. */
@ProviderType
public interface Option {
  String getLabel();

  String getValue();
}
