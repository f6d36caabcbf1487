/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
/** The control page, for people and for scripts. */
@NullMarked
package io.rejoin.azure.emulator.control;

import org.jspecify.annotations.NullMarked;
