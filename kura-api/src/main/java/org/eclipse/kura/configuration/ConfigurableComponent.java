/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package org.eclipse.kura.configuration;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Marks a service whose configuration Kura manages. Without it there is no form in the console, no
 * update and no place in a snapshot.
 */
@ConsumerType
public interface ConfigurableComponent {}
