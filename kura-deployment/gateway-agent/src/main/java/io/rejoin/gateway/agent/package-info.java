/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
/** The local gateway's part inside the framework: installs, configures, publishes, reports. */
@NullMarked
package io.rejoin.gateway.agent;

import org.jspecify.annotations.NullMarked;
