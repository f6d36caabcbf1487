/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
/** Messages on their way to and from the hub, free of Kura's and the SDK's types. */
@NullMarked
package io.rejoin.azure.iothub.message;

import org.jspecify.annotations.NullMarked;
