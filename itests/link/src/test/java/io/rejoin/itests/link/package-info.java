/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
/** The link to a hub with the real SDK and real sockets, against the emulator. */
@NullMarked
package io.rejoin.itests.link;

import org.jspecify.annotations.NullMarked;
