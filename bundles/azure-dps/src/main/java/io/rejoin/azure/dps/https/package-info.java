/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */

/** HTTPS on {@code java.net.http}, on threads that all end with the request. */
@NullMarked
package io.rejoin.azure.dps.https;

import org.jspecify.annotations.NullMarked;
