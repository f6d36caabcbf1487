/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.outbox;

import io.rejoin.azure.iothub.message.OutgoingMessage;

/**
 * A stored message that has been taken out to be sent.
 *
 * @param id its id in the store
 * @param generation which opening of the store the id belongs to
 * @param storedAtMillis wall time, 0 when unknown
 */
record Entry(int id, int priority, int generation, OutgoingMessage message, long storedAtMillis) {
  Entry in(int otherGeneration) {
    return new Entry(id, priority, otherGeneration, message, storedAtMillis);
  }
}
