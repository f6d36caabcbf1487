/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
/** The emulator against Microsoft's own SDK, Paho and the JDK's HTTP client. */
@NullMarked
package io.rejoin.azure.emulator;

import org.jspecify.annotations.NullMarked;
