/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator.hub;

/** A device's answer to a direct method. */
public record MethodReply(int status, String payload) {}
