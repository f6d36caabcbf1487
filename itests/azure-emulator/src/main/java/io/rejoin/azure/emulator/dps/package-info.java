/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
/** The Device Provisioning Service. */
@NullMarked
package io.rejoin.azure.emulator.dps;

import org.jspecify.annotations.NullMarked;
