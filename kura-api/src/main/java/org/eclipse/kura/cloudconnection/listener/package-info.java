/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
/** Listeners to connections and deliveries. */
@Version("1.0.0")
@Export
package org.eclipse.kura.cloudconnection.listener;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
