/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
/** Publishers: how an application's messages look when they reach the hub. */
@NullMarked
package io.rejoin.azure.iothub.publisher;

import org.jspecify.annotations.NullMarked;
