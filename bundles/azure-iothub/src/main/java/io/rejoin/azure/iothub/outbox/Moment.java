/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.outbox;

/**
 * One moment, on two clocks.
 *
 * @param monotonicMillis for waiting: never jumps, means nothing after a restart
 * @param wallMillis milliseconds since 1970, for the age of messages: may jump
 */
public record Moment(long monotonicMillis, long wallMillis) {}
