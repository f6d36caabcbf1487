/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
/** The local gateway: Kura's framework, the add-on and a local Azure on one machine. */
@NullMarked
package io.rejoin.gateway;

import org.jspecify.annotations.NullMarked;
