/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
/** A cloud connection as the console sees it. */
@Version("1.0.0")
@Export
package org.eclipse.kura.cloudconnection;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
