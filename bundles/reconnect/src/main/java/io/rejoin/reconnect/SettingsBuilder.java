/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.reconnect;

import io.rejoin.retry.Backoff;
import java.time.Duration;

/** Builds {@link Settings}, starting from a profile's defaults. Not thread-safe. */
public final class SettingsBuilder {

  /** Devices draw their moment from a little more than the time that the service needs for all. */
  private static final double SPREAD_MARGIN = 1.03;

  /**
   * Devices whose slots are spread over the time that the service needs do not crowd it, so the
   * second question may follow the first one sooner than in a fleet of unknown size.
   */
  private static final Duration DPS_BASE_OF_SPREAD_FLEET = Duration.ofSeconds(60);

  private Profile profile;
  private boolean provisioned;
  private ProvisioningMode mode;
  private int failuresBeforeDps;
  private Duration slotMin;
  private Duration slotMax;
  private Duration confirmedSpread;
  private int registerAtOccasion;
  private Backoff dpsBackoff;
  private Backoff parkedBackoff;
  private Duration stableAfter;
  private Duration probeInterval;
  private Duration quotaSpread;
  private Duration hintSpread;
  private Duration restAfterLimit;
  private final int duplicateSessions;
  private final Duration duplicateWindow;

  SettingsBuilder(Settings from) {
    profile = from.profile();
    provisioned = from.provisioned();
    mode = from.mode();
    failuresBeforeDps = from.failuresBeforeDps();
    slotMin = from.slotMin();
    slotMax = from.slotMax();
    confirmedSpread = from.confirmedSpread();
    registerAtOccasion = from.registerAtOccasion();
    dpsBackoff = from.dpsBackoff();
    parkedBackoff = from.parkedBackoff();
    stableAfter = from.stableAfter();
    probeInterval = from.probeInterval();
    quotaSpread = from.quotaSpread();
    hintSpread = from.hintSpread();
    restAfterLimit = from.restAfterLimit();
    duplicateSessions = from.duplicateSessions();
    duplicateWindow = from.duplicateWindow();
  }

  public SettingsBuilder profile(Profile value) {
    profile = value;
    return this;
  }

  public SettingsBuilder provisioned(boolean value) {
    provisioned = value;
    return this;
  }

  public SettingsBuilder mode(ProvisioningMode value) {
    mode = value;
    return this;
  }

  public SettingsBuilder failuresBeforeDps(int value) {
    failuresBeforeDps = value;
    return this;
  }

  public SettingsBuilder slot(Duration min, Duration max) {
    slotMin = min;
    slotMax = max;
    return this;
  }

  public SettingsBuilder confirmedSpread(Duration value) {
    confirmedSpread = value;
    return this;
  }

  public SettingsBuilder registerAtOccasion(int value) {
    registerAtOccasion = value;
    return this;
  }

  public SettingsBuilder dpsBackoff(Backoff value) {
    dpsBackoff = value;
    return this;
  }

  public SettingsBuilder parkedBackoff(Backoff value) {
    parkedBackoff = value;
    return this;
  }

  public SettingsBuilder stableAfter(Duration value) {
    stableAfter = value;
    return this;
  }

  public SettingsBuilder probeInterval(Duration value) {
    probeInterval = value;
    return this;
  }

  public SettingsBuilder quotaSpread(Duration value) {
    quotaSpread = value;
    return this;
  }

  public SettingsBuilder hintSpread(Duration value) {
    hintSpread = value;
    return this;
  }

  public SettingsBuilder restAfterLimit(Duration value) {
    restAfterLimit = value;
    return this;
  }

  /**
   * Sizes the spreads for a fleet.
   *
   * @param devices N, how many devices share the hub and the provisioning service
   * @param hubConnectionsPerSecond C, new connections that the hub accepts per second
   * @param registrationsPerMinute R, registrations that the provisioning service accepts
   */
  public SettingsBuilder fleet(
      int devices, double hubConnectionsPerSecond, double registrationsPerMinute) {
    Duration provisioning = seconds(60.0 * devices / registrationsPerMinute);
    slotMax = slotMin.plus(provisioning);
    confirmedSpread = provisioning;
    quotaSpread = seconds(devices / hubConnectionsPerSecond);
    dpsBackoff =
        new Backoff(
            DPS_BASE_OF_SPREAD_FLEET, dpsBackoff.factor(), dpsBackoff.cap(), dpsBackoff.jitter());
    return this;
  }

  private static Duration seconds(double value) {
    return Duration.ofMillis(Math.round(1000 * SPREAD_MARGIN * value));
  }

  public Settings build() {
    return new Settings(
        profile,
        provisioned,
        mode,
        failuresBeforeDps,
        slotMin,
        slotMax,
        confirmedSpread,
        registerAtOccasion,
        dpsBackoff,
        parkedBackoff,
        stableAfter,
        probeInterval,
        quotaSpread,
        hintSpread,
        restAfterLimit,
        duplicateSessions,
        duplicateWindow);
  }
}
