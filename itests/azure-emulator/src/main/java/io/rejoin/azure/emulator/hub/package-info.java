/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
/** One IoT Hub: registry, MQTT, HTTPS device endpoint, faults, and what it received. */
@NullMarked
package io.rejoin.azure.emulator.hub;

import org.jspecify.annotations.NullMarked;
