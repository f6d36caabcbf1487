/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
/** The live connection: the supervisor that runs the reconnection flow, and what it offers. */
@NullMarked
package io.rejoin.azure.iothub.connection;

import org.jspecify.annotations.NullMarked;
