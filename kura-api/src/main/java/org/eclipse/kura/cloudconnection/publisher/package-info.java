/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
/** How applications send. */
@Version("1.0.0")
@Export
package org.eclipse.kura.cloudconnection.publisher;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
