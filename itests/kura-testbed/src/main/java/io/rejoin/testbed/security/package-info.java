/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
/** Kura's keystores and TLS. */
@NullMarked
package io.rejoin.testbed.security;

import org.jspecify.annotations.NullMarked;
