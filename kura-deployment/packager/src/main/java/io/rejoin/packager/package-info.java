/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
/** Writes OSGi deployment packages as Kura takes them. */
@NullMarked
package io.rejoin.packager;

import org.jspecify.annotations.NullMarked;
