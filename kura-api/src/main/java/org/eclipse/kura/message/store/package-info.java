/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
/** Messages as they are stored. */
@Version("1.0.0")
@Export
package org.eclipse.kura.message.store;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
