/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
/** Events that tell of cloud connections. */
@Version("1.1.0")
@Export
package org.eclipse.kura.cloud;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
