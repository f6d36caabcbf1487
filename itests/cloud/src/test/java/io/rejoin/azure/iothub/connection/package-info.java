/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
@NullMarked
package io.rejoin.azure.iothub.connection;

import org.jspecify.annotations.NullMarked;
