/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package org.eclipse.kura.configuration;

import org.eclipse.kura.KuraException;
import org.osgi.annotation.versioning.ConsumerType;

/** Marks a service that says itself what its configuration is. */
@ConsumerType
public interface SelfConfiguringComponent {
  ComponentConfiguration getConfiguration() throws KuraException;
}
