/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
/** Creates and deletes a whole connection, with all the components that belong to it. */
@NullMarked
package io.rejoin.azure.iothub.factory;

import org.jspecify.annotations.NullMarked;
