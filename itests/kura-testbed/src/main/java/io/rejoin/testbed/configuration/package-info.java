/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
/** Kura's ConfigurationService and its snapshots. */
@NullMarked
package io.rejoin.testbed.configuration;

import org.jspecify.annotations.NullMarked;
