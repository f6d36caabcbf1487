/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
/** Metatype files as Kura reads them. */
@NullMarked
package io.rejoin.testbed.metatype;

import org.jspecify.annotations.NullMarked;
