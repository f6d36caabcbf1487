/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
/** A retry policy for links that are paid by volume. */
@NullMarked
package com.example.retry;

import org.jspecify.annotations.NullMarked;
