/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */

/** What is said to the service and what its answers mean. Opens no connection, reads no clock. */
@NullMarked
package io.rejoin.azure.dps.protocol;

import org.jspecify.annotations.NullMarked;
