/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
/** The clock. */
@Version("1.0.1")
@Export
package org.eclipse.kura.clock;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
