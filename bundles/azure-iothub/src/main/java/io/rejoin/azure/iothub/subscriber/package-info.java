/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
/** Subscribers: which of the hub's messages an application gets. */
@NullMarked
package io.rejoin.azure.iothub.subscriber;

import org.jspecify.annotations.NullMarked;
