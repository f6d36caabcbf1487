/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * The reconnection flow: one pure function from state and event to state and actions. No Kura, no
 * Azure, no thread, no clock. The live connection, the fleet simulator and the tests drive the same
 * code.
 */
@NullMarked
package io.rejoin.reconnect;

import org.jspecify.annotations.NullMarked;
