/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
/** The test certificate authority and the servers' certificates. */
@NullMarked
package io.rejoin.azure.emulator.tls;

import org.jspecify.annotations.NullMarked;
