/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.reconnect;

import static io.rejoin.reconnect.FlowState.NEVER;

/**
 * How far a connection is on its way to asking the provisioning service. Times are monotonic
 * milliseconds.
 *
 * @param cause why it would be asked
 * @param counted failures in a row that say nothing about the hub being alive
 * @param slotAt the device's own moment, drawn at the first of them or at the loss before it;
 *     {@link FlowState#NEVER} when nothing speaks for asking
 * @param notBefore the service is left alone until then, after an answer that did not help
 * @param owed whether the service itself asked for that pause, so that nothing may shorten it
 * @param occasions how often it was asked in this outage
 * @param failures how often in a row that did not help
 */
public record Reprovisioning(
    Cause cause,
    int counted,
    long slotAt,
    long notBefore,
    boolean owed,
    int occasions,
    int failures) {

  /** Why the provisioning service would be asked. */
  public enum Cause {
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
      new Reprovisioning(Cause.SILENCE, 0, NEVER, Long.MIN_VALUE, false, 0, 0);

  /** The hub is not silent: neither count nor slot hold, but the service's own pause does. */
  Reprovisioning hubAlive() {
    return cause == Cause.SILENCE && slotAt != NEVER ? startOver() : this;
  }

  /** The hub took the device: nothing speaks for asking but an operator's wish. */
  Reprovisioning accepted() {
    return cause == Cause.OPERATOR || slotAt == NEVER ? this : startOver();
  }

  Reprovisioning startOver() {
    return new Reprovisioning(Cause.SILENCE, 0, NEVER, notBefore, owed, 0, failures);
  }

  /** Counting begins anew, but not the occasions at which it was asked in this outage. */
  Reprovisioning countOver() {
    return new Reprovisioning(Cause.SILENCE, 0, NEVER, notBefore, owed, occasions, failures);
  }

  /** All is well again, or all is different: only an operator's wish is kept, and a pause owed. */
  Reprovisioning forgotten() {
    if (cause == Cause.OPERATOR) {
      return this;
    }
    return owed ? new Reprovisioning(Cause.SILENCE, 0, NEVER, notBefore, true, 0, 0) : NONE;
  }

  Reprovisioning count() {
    return new Reprovisioning(
        cause, Times.next(counted), slotAt, notBefore, owed, occasions, failures);
  }

  Reprovisioning slot(long newSlotAt) {
    return new Reprovisioning(cause, counted, newSlotAt, notBefore, owed, occasions, failures);
  }

  Reprovisioning because(Cause newCause, long newSlotAt) {
    return new Reprovisioning(newCause, counted, newSlotAt, notBefore, owed, occasions, failures);
  }

  /** As before, but with the slot at this moment or before it. */
  Reprovisioning slotBy(long at) {
    return slotAt <= at
        ? this
        : new Reprovisioning(cause, counted, at, notBefore, owed, occasions, failures);
  }

  /** An operator's wish overrides a rest, but not a pause that the service asked for. */
  Reprovisioning wished(long newSlotAt) {
    return new Reprovisioning(
        Cause.OPERATOR, counted, newSlotAt, owed ? notBefore : Long.MIN_VALUE, owed, 0, 0);
  }

  /** Asked in vain: rest until then. */
  Reprovisioning inVain(long restUntil, boolean newOwed) {
    return new Reprovisioning(
        cause, counted, slotAt, restUntil, newOwed, Times.next(occasions), Times.next(failures));
  }

  /** Another moment before which it is left alone, unless the service asked for a later one. */
  Reprovisioning resting(long restUntil) {
    return owed && notBefore > restUntil
        ? this
        : new Reprovisioning(cause, counted, slotAt, restUntil, false, occasions, failures);
  }

  long dueAt() {
    return slotAt == NEVER ? NEVER : Math.max(slotAt, notBefore);
  }
}
