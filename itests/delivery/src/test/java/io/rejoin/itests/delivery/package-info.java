/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
/** The promise on delivery, kept by a gateway that is killed. */
@NullMarked
package io.rejoin.itests.delivery;

import org.jspecify.annotations.NullMarked;
