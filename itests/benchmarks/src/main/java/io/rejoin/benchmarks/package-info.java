/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * Measures our connection beside the bare SDK: both with the same options, in the same run, against
 * the same hub in a JVM of its own, in turns.
 */
@NullMarked
package io.rejoin.benchmarks;

import org.jspecify.annotations.NullMarked;
