/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
/** Kura's CryptoService. */
@NullMarked
package io.rejoin.testbed.crypto;

import org.jspecify.annotations.NullMarked;
