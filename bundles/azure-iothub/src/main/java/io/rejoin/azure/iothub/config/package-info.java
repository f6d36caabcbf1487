/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
/** Reading configuration that nothing has checked before. */
@NullMarked
package io.rejoin.azure.iothub.config;

import org.jspecify.annotations.NullMarked;
