/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
/** The device's twin: properties that it reports, and those that the cloud desires. */
@NullMarked
package io.rejoin.azure.iothub.twin;

import org.jspecify.annotations.NullMarked;
