/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
/** What a simulation showed, for people and for programs. */
@NullMarked
package io.rejoin.fleet.report;

import org.jspecify.annotations.NullMarked;
