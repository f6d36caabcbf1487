/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
/** From Kura's messages to the hub's: encodings, placeholders and ids. */
@NullMarked
package io.rejoin.azure.iothub.payload;

import org.jspecify.annotations.NullMarked;
