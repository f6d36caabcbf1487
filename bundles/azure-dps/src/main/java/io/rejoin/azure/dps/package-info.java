/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */

/** The Azure Device Provisioning Service as Kura component: settings, and one request at a time. */
@NullMarked
package io.rejoin.azure.dps;

import org.jspecify.annotations.NullMarked;
