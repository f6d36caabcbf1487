/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
/** Kura's cloud endpoint: what applications, wires and the console see of a connection. */
@NullMarked
package io.rejoin.azure.iothub.endpoint;

import org.jspecify.annotations.NullMarked;
