/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.outbox;

/**
 * What the outbox tells about itself.
 *
 * @param storeOpen whether there is a working message store
 * @param storeWords why not, for an operator; empty when there is one
 * @param stored messages stored and not confirmed, those in flight and held included; as far as
 *     known
 * @param inFlight messages handed to the hub and not answered
 * @param held messages of another connection that are held back
 * @param capacity how many may be stored
 * @param oldestMillis wall time at which the oldest known waiting message was stored, 0 for none
 * @param confirmed messages the hub confirmed, since this outbox started
 * @param resent messages sent again because their confirmation was missing
 * @param rejected messages set aside because they can never be sent
 * @param expired messages dropped because of their age
 * @param dropped messages dropped to make room, or because another connection left them
 * @param refused messages not accepted
 */
public record OutboxStatus(
    boolean storeOpen,
    String storeWords,
    int stored,
    int inFlight,
    int held,
    int capacity,
    long oldestMillis,
    long confirmed,
    long resent,
    long rejected,
    long expired,
    long dropped,
    long refused) {

  /** Messages stored and not with the hub, those held included; never below 0. */
  public int waiting() {
    return Math.max(0, stored - inFlight);
  }
}
