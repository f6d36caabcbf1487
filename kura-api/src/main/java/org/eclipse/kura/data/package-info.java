/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
/** Of the stock data service, the token of a message in flight. */
@Version("1.1.2")
@Export
package org.eclipse.kura.data;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
