/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
/** Whose devices can be simulated: the gateway's profiles, and other clients for comparison. */
@NullMarked
package io.rejoin.fleet.policy;

import org.jspecify.annotations.NullMarked;
