/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
/** Listening addresses with the faults below MQTT and HTTP, and a small HTTP server. */
@NullMarked
package io.rejoin.azure.emulator.net;

import org.jspecify.annotations.NullMarked;
