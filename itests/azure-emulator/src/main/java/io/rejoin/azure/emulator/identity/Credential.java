/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator.identity;

/** What a service knows a device by. */
public sealed interface Credential permits SymmetricKeys, Thumbprints {}
