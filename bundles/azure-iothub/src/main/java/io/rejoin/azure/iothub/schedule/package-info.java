/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
/** When a connection is wanted at all: windows that a cron expression opens. */
@NullMarked
package io.rejoin.azure.iothub.schedule;

import org.jspecify.annotations.NullMarked;
