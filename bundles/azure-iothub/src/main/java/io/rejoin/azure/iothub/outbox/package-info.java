/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * Store and forward. {@link io.rejoin.azure.iothub.outbox.Outbox} decides, free of threads and
 * clocks; {@link io.rejoin.azure.iothub.outbox.OutboxRunner} runs it on the one thread that also
 * makes every call to the message store.
 */
@NullMarked
package io.rejoin.azure.iothub.outbox;

import org.jspecify.annotations.NullMarked;
