/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * An Azure IoT Hub and a Device Provisioning Service on loopback, as strict as Azure, with scripted
 * faults.
 */
@NullMarked
package io.rejoin.azure.emulator;

import org.jspecify.annotations.NullMarked;
