/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.reconnect;

/**
 * What a connection remembers beyond one outage. Times are monotonic milliseconds.
 *
 * @param probeNotBefore the hub is not asked over HTTPS before this
 * @param answeredOverHttps whether this identity ever got a good answer over HTTPS; before that, a
 *     401 there may only mean that HTTPS does not work for it (X.509 with a CA, for one)
 * @param cutShort sessions that the server ended without a reason, within the window
 * @param cutShortSince when the window began
 * @param registeredSinceStart whether {@link ProvisioningMode#ALWAYS_ON_STARTUP} had its turn
 */
public record History(
    long probeNotBefore,
    boolean answeredOverHttps,
    int cutShort,
    long cutShortSince,
    boolean registeredSinceStart) {

  static final History NONE = new History(Long.MIN_VALUE, false, 0, 0, false);

  History probing(long nextNotBefore) {
    return new History(
        nextNotBefore, answeredOverHttps, cutShort, cutShortSince, registeredSinceStart);
  }

  History answered() {
    return new History(probeNotBefore, true, cutShort, cutShortSince, registeredSinceStart);
  }

  History registered() {
    return new History(probeNotBefore, answeredOverHttps, cutShort, cutShortSince, true);
  }

  /** What is new need not be what was cut short before. */
  History notCutShort() {
    return cutShort == 0
        ? this
        : new History(probeNotBefore, answeredOverHttps, 0, 0, registeredSinceStart);
  }

  History sessionCutShort(long at, long windowMillis) {
    boolean sameWindow = cutShort > 0 && at - cutShortSince <= windowMillis;
    return new History(
        probeNotBefore,
        answeredOverHttps,
        sameWindow ? Times.next(cutShort) : 1,
        sameWindow ? cutShortSince : at,
        registeredSinceStart);
  }
}
