/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.fleet;

import io.rejoin.fleet.simulation.Conditions;
import io.rejoin.fleet.simulation.Conditions.Fate;
import io.rejoin.fleet.simulation.Conditions.Refusals;
import io.rejoin.reconnect.Profile;

/** The situations by name. Every number can be overruled on the command line. */
enum Scenario {
  A("hub restart: all connections are closed within a second"),
  B("10-minute outage"),
  C("10-minute outage, a refusal costs the hub 1 % of a connection"),
  D("10-minute outage, clients that ask DPS after 10 failures"),
  E("10-minute outage, clients that ask DPS after 10 failures and 15 to 30 minutes"),
  F("10-minute outage of a large hub: a million devices, 6 000 connections a second"),
  G("the hub is gone for good, DPS assigns another one"),
  H("hub restart, and the hub lets connections wait for up to 60 s"),
  I("the day's message quota is renewed at midnight, an hour after it was used up");

  private static final double HOUR = 3_600;

  private final String words;

  Scenario(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }

  Conditions conditions() {
    return new Conditions(
        devices(),
        hubRate(),
        outageSeconds(),
        fate(),
        Refusals.EXPLAINED,
        this == C ? 0.01 : 0,
        1,
        this == H ? 60 : 0,
        60,
        this == D || this == E || this == G,
        1_000,
        false,
        this == H ? 4 * HOUR : 24 * HOUR,
        1);
  }

  /** When other clients than ours ask DPS. */
  Profile profile() {
    return this == E ? Profile.RECOMMENDED : Profile.DOCUMENTED;
  }

  private int devices() {
    return switch (this) {
      case F -> 1_000_000;
      case H -> 20_000;
      case A, B, C, D, E, G, I -> 100_000;
    };
  }

  private double hubRate() {
    return switch (this) {
      case F -> 6_000;
      case H -> 20;
      case A, B, C, D, E, G, I -> 100;
    };
  }

  private double outageSeconds() {
    return switch (this) {
      case B, C, D, E, F -> 600;
      case I -> HOUR;
      case A, G, H -> 0;
    };
  }

  private Fate fate() {
    return switch (this) {
      case G -> Fate.GONE_SILENT;
      case I -> Fate.QUOTA;
      case A, B, C, D, E, F, H -> Fate.RETURNS;
    };
  }
}
