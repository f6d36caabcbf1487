/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.reconnect;

import io.rejoin.retry.Backoff;
import io.rejoin.retry.Jitter;
import java.time.Duration;

/**
 * The flow's numbers. Immutable; built by {@link SettingsBuilder}.
 *
 * @param profile whose rules decide about reprovisioning
 * @param provisioned whether identity and hub come from a provisioner
 * @param mode when a provisioned device may ask
 * @param failuresBeforeDps failures in a row that lead to the provisioning service; the guidance
 *     says 10
 * @param slotMin the device's own slot is drawn between this and {@code slotMax} after the first
 *     failure; "Deploy devices at scale" says 15 to 30 minutes
 * @param slotMax see {@code slotMin}
 * @param confirmedSpread when the hub itself sent the device away, it asks within this time
 * @param registerAtOccasion at which asking about a silent hub the device registers (billed)
 *     instead of looking up (free); 1 is always
 * @param dpsBackoff the pause after the provisioning service could not help
 * @param parkedBackoff the pause between attempts that need a person to succeed
 * @param stableAfter how long a session has to live before the failures before it are forgotten
 * @param probeInterval the hub is asked over HTTPS at most once in this time
 * @param quotaSpread within this time after 00:00 UTC a device comes back that found the quota used
 *     up
 * @param hintSpread a hint is followed within this time
 * @param restAfterLimit when the policy gave up, start again after this rest; zero for never
 * @param duplicateSessions so many sessions cut short within {@code duplicateWindow} mean that
 *     another client uses the identity
 * @param duplicateWindow see {@code duplicateSessions}
 */
public record Settings(
    Profile profile,
    boolean provisioned,
    ProvisioningMode mode,
    int failuresBeforeDps,
    Duration slotMin,
    Duration slotMax,
    Duration confirmedSpread,
    int registerAtOccasion,
    Backoff dpsBackoff,
    Backoff parkedBackoff,
    Duration stableAfter,
    Duration probeInterval,
    Duration quotaSpread,
    Duration hintSpread,
    Duration restAfterLimit,
    int duplicateSessions,
    Duration duplicateWindow) {

  public Settings {
    if (slotMax.compareTo(slotMin) < 0) {
      throw new IllegalArgumentException("slotMax " + slotMax + " is before slotMin " + slotMin);
    }
    if (failuresBeforeDps < 1 || registerAtOccasion < 1 || duplicateSessions < 2) {
      throw new IllegalArgumentException(
          "failuresBeforeDps and registerAtOccasion start at 1, duplicateSessions at 2");
    }
  }

  /** The default: all guidance that keeps a fleet alive, for a fleet of unknown size. */
  public static SettingsBuilder recommended() {
    return new SettingsBuilder(
        new Settings(
            Profile.RECOMMENDED,
            false,
            ProvisioningMode.DYNAMIC,
            10,
            Duration.ofMinutes(15),
            Duration.ofMinutes(30),
            Duration.ofSeconds(5),
            2,
            new Backoff(Duration.ofSeconds(120), 2, Duration.ofSeconds(1800), Jitter.EQUAL),
            new Backoff(Duration.ofMinutes(1), 4, Duration.ofMinutes(80), Jitter.EQUAL),
            Duration.ofSeconds(30),
            Duration.ofMinutes(10),
            Duration.ofMinutes(15),
            Duration.ofSeconds(2),
            Duration.ZERO,
            5,
            Duration.ofMinutes(15)));
  }

  /** The guidance to the letter: no slot, no spread, no lookup, no probe. */
  public static SettingsBuilder documented() {
    return recommended()
        .profile(Profile.DOCUMENTED)
        .slot(Duration.ZERO, Duration.ZERO)
        .confirmedSpread(Duration.ZERO)
        .registerAtOccasion(1)
        .dpsBackoff(new Backoff(Duration.ofSeconds(5), 2, Duration.ofSeconds(300), Jitter.EQUAL));
  }
}
