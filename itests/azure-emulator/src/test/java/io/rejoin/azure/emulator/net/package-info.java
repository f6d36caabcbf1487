/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
@NullMarked
package io.rejoin.azure.emulator.net;

import org.jspecify.annotations.NullMarked;
