/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.fleet.policy;

import io.rejoin.reconnect.SettingsBuilder;
import io.rejoin.retry.Backoff;
import io.rejoin.retry.policies.ExponentialBackoff;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;

/** A number of the gateway that a what-if may change: {@code recommended:capSeconds=30}. */
enum Knob {
  FIRST_DELAY("firstDelaySeconds", 0, 3_600) {
    @Override
    ExponentialBackoff turn(ExponentialBackoff policy, SettingsBuilder settings, double value) {
      return policy(policy, seconds(value), policy.backoff());
    }
  },
  BASE("baseSeconds", 0.1, 86_400) {
    @Override
    ExponentialBackoff turn(ExponentialBackoff policy, SettingsBuilder settings, double value) {
      Duration base = seconds(value);
      return policy(policy, policy.firstDelay(), between(base, policy.backoff().cap(), policy));
    }
  },
  CAP("capSeconds", 0.1, 86_400) {
    @Override
    ExponentialBackoff turn(ExponentialBackoff policy, SettingsBuilder settings, double value) {
      Duration cap = seconds(value);
      Duration base = shorter(cap, policy.backoff().base());
      return policy(policy, policy.firstDelay(), between(base, cap, policy));
    }
  },
  INITIAL_SPREAD("initialSpreadSeconds", 0, 86_400) {
    @Override
    ExponentialBackoff turn(ExponentialBackoff policy, SettingsBuilder settings, double value) {
      return policy.withInitialSpread(seconds(value));
    }
  },
  SLOT_MAX("slotMaxMinutes", 0, 10_080) {
    @Override
    ExponentialBackoff turn(ExponentialBackoff policy, SettingsBuilder settings, double value) {
      Duration max = seconds(60 * value);
      settings.slot(shorter(max, settings.build().slotMin()), max);
      return policy;
    }
  },
  DPS_PAUSE("dpsPauseSeconds", 1, 86_400) {
    @Override
    ExponentialBackoff turn(ExponentialBackoff policy, SettingsBuilder settings, double value) {
      Backoff before = settings.build().dpsBackoff();
      Duration base = seconds(value);
      Duration cap = longer(base, before.cap());
      settings.dpsBackoff(new Backoff(base, before.factor(), cap, before.jitter()));
      return policy;
    }
  },
  REGISTER_AT("registerAtOccasion", 1, 1_000) {
    @Override
    ExponentialBackoff turn(ExponentialBackoff policy, SettingsBuilder settings, double value) {
      settings.registerAtOccasion((int) value);
      return policy;
    }
  };

  private final String id;
  private final double least;
  private final double most;

  Knob(String id, double least, double most) {
    this.id = id;
    this.least = least;
    this.most = most;
  }

  /** Changes this number in the settings, or answers a policy with it changed. */
  abstract ExponentialBackoff turn(
      ExponentialBackoff policy, SettingsBuilder settings, double value);

  /**
   * Changes what {@code setting=value} says.
   *
   * @throws IllegalArgumentException saying what is accepted
   */
  static ExponentialBackoff turn(
      ExponentialBackoff policy, SettingsBuilder settings, String change) {
    int equals = change.indexOf('=');
    String id = equals < 0 ? change : change.substring(0, equals);
    for (Knob knob : values()) {
      if (knob.id.equals(id)) {
        return knob.turn(policy, settings, knob.value(change.substring(equals + 1)));
      }
    }
    throw new IllegalArgumentException(ids() + ", each with =NUMBER");
  }

  /** What can be changed. */
  static String ids() {
    return Arrays.stream(values()).map(knob -> knob.id).collect(Collectors.joining(", "));
  }

  private double value(String text) {
    try {
      double value = Double.parseDouble(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(accepted(), e);
    }
    throw new IllegalArgumentException(accepted());
  }

  private String accepted() {
    return id
        + " from "
        + BigDecimal.valueOf(least).stripTrailingZeros().toPlainString()
        + " to "
        + (long) most;
  }

  private static Backoff between(Duration base, Duration cap, ExponentialBackoff policy) {
    Backoff before = policy.backoff();
    return new Backoff(base, before.factor(), longer(base, cap), before.jitter());
  }

  private static ExponentialBackoff policy(
      ExponentialBackoff before, Duration firstDelay, Backoff backoff) {
    return new ExponentialBackoff(
        firstDelay,
        before.quickAttempts(),
        before.quickInterval(),
        backoff,
        before.unansweredPercent(),
        before.initialSpread(),
        before.rules());
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  private static Duration seconds(double value) {
    return Duration.ofMillis(Math.round(1_000 * value));
  }
}
