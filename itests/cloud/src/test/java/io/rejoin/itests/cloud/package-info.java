/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
/** The built bundle's endpoint and connection, with the real SDK, against the emulator. */
@NullMarked
package io.rejoin.itests.cloud;

import org.jspecify.annotations.NullMarked;
