/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.fleet.policy;

import io.rejoin.fleet.simulation.Conditions;
import io.rejoin.fleet.simulation.Contender;
import io.rejoin.fleet.simulation.DpsRule;
import io.rejoin.reconnect.BuiltInPolicy;
import io.rejoin.reconnect.Profile;
import io.rejoin.reconnect.Settings;
import io.rejoin.reconnect.SettingsBuilder;
import io.rejoin.retry.policies.ExponentialBackoff;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The policies that can be simulated, by name. */
public final class Catalogue {

  /** The gateway's default. */
  public static final String RECOMMENDED = "recommended";

  /** The gateway with the guidance to the letter. */
  public static final String DOCUMENTED = "documented";

  private static final double JAVA_DPS_CAP_SECONDS = 5;
  private static final double DPS_CAP_SECONDS = 300;

  private final Conditions conditions;
  private final Profile peersProfile;
  private final boolean fleetConfigured;

  /**
   * @param peersProfile when peers ask DPS: after 10 failures, or after 15 to 30 minutes as well
   * @param fleetConfigured whether the gateways know N, C and R
   */
  public Catalogue(Conditions conditions, Profile peersProfile, boolean fleetConfigured) {
    this.conditions = conditions;
    this.peersProfile = peersProfile;
    this.fleetConfigured = fleetConfigured;
  }

  /** The names with what they mean, in the order of a help text. */
  public static Map<String, String> names() {
    Map<String, String> names = new LinkedHashMap<>();
    names.put(RECOMMENDED, "the gateway's default");
    names.put(DOCUMENTED, "the gateway with the guidance on reconnections to the letter");
    for (Peer peer : Peer.values()) {
      names.put(peer.id(), peer.words());
    }
    return names;
  }

  /** The numbers that may follow a gateway's name. */
  public static String knobs() {
    return Knob.ids();
  }

  /**
   * Who goes by this name, one of {@link #names()}; a gateway's may be followed by numbers that
   * differ: {@code recommended:capSeconds=30:slotMaxMinutes=60}.
   *
   * @throws IllegalArgumentException saying what is accepted
   */
  public Contender contender(String name) {
    List<String> parts = Arrays.asList(name.split(":", -1));
    List<String> changes = parts.subList(1, parts.size());
    return switch (parts.get(0)) {
      case RECOMMENDED -> gateway(name, recommended(), changes);
      case DOCUMENTED -> gateway(name, Settings.documented(), changes);
      default -> peer(name);
    };
  }

  private Contender peer(String name) {
    for (Peer peer : Peer.values()) {
      if (peer.id().equals(name)) {
        return new Contender.Peer(name, peer.formula(conditions), rule(peer));
      }
    }
    throw new IllegalArgumentException(String.join(", ", names().keySet()));
  }

  /** The guidance to the letter does not know of fleets. */
  private SettingsBuilder recommended() {
    SettingsBuilder settings = Settings.recommended();
    return fleetConfigured
        ? settings.fleet(conditions.devices(), conditions.hubRate(), conditions.dpsRate())
        : settings;
  }

  private Contender gateway(String name, SettingsBuilder settings, List<String> changes) {
    settings.provisioned(conditions.provisioned());
    ExponentialBackoff policy = ExponentialBackoff.DEFAULT.withInitialSpread(spread());
    for (String change : changes) {
      policy = Knob.turn(policy, settings, change);
    }
    boolean builtIn = policy.equals(ExponentialBackoff.DEFAULT);
    return new Contender.Gateway(name, builtIn ? new BuiltInPolicy() : policy, settings.build());
  }

  private Duration spread() {
    return fleetConfigured
        ? ExponentialBackoff.initialSpread(conditions.devices(), conditions.hubRate())
        : Duration.ZERO;
  }

  /** The Java DPS client waits 2 s whatever DPS asks for; the others are given the benefit. */
  private DpsRule rule(Peer peer) {
    double cap = peer == Peer.AZURE_JAVA ? JAVA_DPS_CAP_SECONDS : DPS_CAP_SECONDS;
    return switch (peersProfile) {
      case DOCUMENTED -> DpsRule.documented(cap);
      case RECOMMENDED -> DpsRule.patient(cap);
    };
  }
}
