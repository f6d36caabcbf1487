/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.dps.protocol;

import java.time.Duration;

/**
 * How long things may take. Immutable.
 *
 * @param request one HTTP request, from sending it to the end of its answer
 * @param total the whole registration, polls and the waits between them included
 */
public record DpsLimits(Duration request, Duration total) {}
