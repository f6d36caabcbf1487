/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.reconnect;

/**
 * How far a connection is on its way to asking the provisioning service. Times are monotonic
 * milliseconds.
 *
 * @param cause why it would be asked
 * @param counted failures in a row that say nothing about the hub being alive
 * @param slotAt the device's own moment, drawn at the first of them; {@link FlowState#NEVER} when
 *     nothing speaks for asking
 * @param notBefore the service is left alone until then, after an answer that did not help
 * @param occasions how often it was asked in this outage
 * @param failures how often in a row that did not help
 */
record Reprovisioning(
    Cause cause, int counted, long slotAt, long notBefore, int occasions, int failures) {

  /** Why the provisioning service would be asked. */
  enum Cause {
    /** The hub is silent; counts failures and waits for the slot. */
    SILENCE,
    /** The hub refused the credential over HTTPS: a lookup may help, then a registration. */
    CREDENTIAL_REFUSED,
    /** The hub, or another sure sign, says that the device does not belong there any more. */
    CONFIRMED,
    /** There is no assignment yet, or the mode asks for one at each start. */
    NO_ASSIGNMENT,
    /** An operator said so. */
    OPERATOR
  }

  static final Reprovisioning NONE =
      new Reprovisioning(Cause.SILENCE, 0, FlowState.NEVER, Long.MIN_VALUE, 0, 0);

  /** The hub is not silent: neither count nor slot hold, but the service's own pause does. */
  Reprovisioning hubAlive() {
    return cause == Cause.SILENCE && counted > 0 ? startOver() : this;
  }

  /** The hub took the device: nothing speaks for asking but an operator's wish. */
  Reprovisioning accepted() {
    return cause == Cause.OPERATOR || slotAt == FlowState.NEVER ? this : startOver();
  }

  Reprovisioning startOver() {
    return new Reprovisioning(Cause.SILENCE, 0, FlowState.NEVER, notBefore, 0, failures);
  }

  Reprovisioning count(long newSlotAt) {
    return new Reprovisioning(cause, counted + 1, newSlotAt, notBefore, occasions, failures);
  }

  Reprovisioning because(Cause newCause, long newSlotAt) {
    return new Reprovisioning(newCause, counted, newSlotAt, notBefore, occasions, failures);
  }

  /** Asked in vain: rest until then. */
  Reprovisioning inVain(long restUntil) {
    return new Reprovisioning(cause, counted, slotAt, restUntil, occasions + 1, failures + 1);
  }

  /** Another moment before which it is left alone. */
  Reprovisioning resting(long restUntil) {
    return new Reprovisioning(cause, counted, slotAt, restUntil, occasions, failures);
  }

  long dueAt() {
    return slotAt == FlowState.NEVER ? FlowState.NEVER : Math.max(slotAt, notBefore);
  }
}
