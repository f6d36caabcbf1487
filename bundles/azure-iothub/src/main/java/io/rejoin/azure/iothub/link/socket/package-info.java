/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * The sockets below the SDK's MQTT client: addresses, proxy, TLS and WebSocket, each of them
 * closable from outside at any time.
 */
@NullMarked
package io.rejoin.azure.iothub.link.socket;

import org.jspecify.annotations.NullMarked;
