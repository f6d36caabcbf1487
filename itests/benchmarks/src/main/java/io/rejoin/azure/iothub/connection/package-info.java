/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
/** A way into the bundle's component for who is not in its framework. */
@NullMarked
package io.rejoin.azure.iothub.connection;

import org.jspecify.annotations.NullMarked;
