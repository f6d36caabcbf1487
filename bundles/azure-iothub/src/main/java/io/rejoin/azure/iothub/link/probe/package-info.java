/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
/** Asking a hub over HTTPS why it refused a connection over MQTT. */
@NullMarked
package io.rejoin.azure.iothub.link.probe;

import org.jspecify.annotations.NullMarked;
