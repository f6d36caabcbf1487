/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
/** Parts of Kura that come and go. */
@NullMarked
package io.rejoin.testbed.parts;

import org.jspecify.annotations.NullMarked;
