/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.reconnect;

/**
 * One moment on both clocks. Waiting is measured on the monotonic clock; tokens, quotas and what is
 * kept on disk go by the wall clock, which may jump.
 *
 * @param monotonicMillis milliseconds from an arbitrary origin, never going back
 * @param wallMillis milliseconds since 1970, as the gateway believes
 */
public record Moment(long monotonicMillis, long wallMillis) {}
