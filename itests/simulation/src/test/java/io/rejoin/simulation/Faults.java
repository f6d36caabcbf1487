/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.simulation;

import io.rejoin.reconnect.BuiltInPolicy;
import io.rejoin.reconnect.PolicyGuard;
import io.rejoin.reconnect.ProvisioningMode;
import io.rejoin.reconnect.Settings;
import io.rejoin.reconnect.SettingsBuilder;
import io.rejoin.retry.Failure;
import io.rejoin.retry.FailureKind;
import io.rejoin.retry.RetryDecision;
import io.rejoin.retry.RetryPolicy;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What can be wrong: failures, settings and policies drawn at random. */
final class Faults {

  private static final long LONGEST_PAUSE_SECONDS = 1_800;

  /** Why hubs refuse: each code of Microsoft's list that a device can meet. */
  private static final List<Failure> REFUSALS =
      List.of(
          answer(FailureKind.UNAUTHORIZED, 401, 401003),
          answer(FailureKind.UNAUTHORIZED, 401, 0),
          answer(FailureKind.HUB_NOT_FOUND, 401, 401001),
          answer(FailureKind.HUB_SUSPENDED, 403, 403001),
          answer(FailureKind.QUOTA_EXCEEDED, 403, 403002),
          answer(FailureKind.FORBIDDEN, 403, 403010),
          answer(FailureKind.DEVICE_DISABLED, 403, 403012),
          answer(FailureKind.DEVICE_NOT_FOUND, 404, 404001),
          answer(FailureKind.HUB_FAILING_OVER, 404, 404012),
          answer(FailureKind.SERVICE_MAINTENANCE, 404, 404104),
          answer(FailureKind.DUPLICATE_IDENTITY, 400, 400027),
          answer(FailureKind.SERVICE_MAINTENANCE, 400, 400029),
          answer(FailureKind.SERVICE_MAINTENANCE, 409, 409002),
          answer(FailureKind.THROTTLED, 429, 429001),
          answer(FailureKind.THROTTLED, 429, 429002),
          answer(FailureKind.SERVER_ERROR, 500, 500001),
          answer(FailureKind.SERVER_ERROR, 500, 0),
          answer(FailureKind.SERVER_ERROR, 503, 503001));

  private static final List<FailureKind> OF_DPS =
      List.of(
          FailureKind.THROTTLED,
          FailureKind.SERVER_ERROR,
          FailureKind.SERVER_UNAVAILABLE,
          FailureKind.TIMED_OUT,
          FailureKind.CONNECTION_REFUSED,
          FailureKind.CERTIFICATE_UNTRUSTED,
          FailureKind.CLOCK_WRONG,
          FailureKind.ID_SCOPE_UNKNOWN,
          FailureKind.REGISTRATION_UNKNOWN,
          FailureKind.ENROLMENT_DISABLED,
          FailureKind.PROVISIONING_UNAUTHORIZED,
          FailureKind.PROVISIONING_FAILED,
          FailureKind.UNKNOWN);

  private final RandomGenerator chance;

  Faults(RandomGenerator chance) {
    this.chance = chance;
  }

  Failure refusal() {
    return withPause(REFUSALS.get(chance.nextInt(REFUSALS.size())));
  }

  Failure obstacle() {
    FailureKind[] kinds = FailureKind.values();
    return withPause(Failure.of(kinds[chance.nextInt(kinds.length)], ""));
  }

  Failure dpsTrouble() {
    return withPause(Failure.of(OF_DPS.get(chance.nextInt(OF_DPS.size())), ""));
  }

  private Failure withPause(Failure failure) {
    return new Failure(
        failure.kind(), failure.detail(), failure.httpStatus(), failure.subCode(), pause());
  }

  private @Nullable Duration pause() {
    return chance.nextInt(3) == 0
        ? Duration.ofSeconds(1 + chance.nextLong(LONGEST_PAUSE_SECONDS))
        : null;
  }

  private static Failure answer(FailureKind kind, int httpStatus, int subCode) {
    return new Failure(kind, "", httpStatus, subCode, null);
  }

  Settings settings(boolean documented, boolean provisioned) {
    SettingsBuilder builder = documented ? Settings.documented() : Settings.recommended();
    builder.provisioned(provisioned);
    ProvisioningMode[] modes = ProvisioningMode.values();
    builder.mode(modes[chance.nextInt(modes.length)]);
    if (chance.nextBoolean()) {
      builder.failuresBeforeDps(1 + chance.nextInt(20));
      builder.stableAfter(Duration.ofSeconds(chance.nextLong(120)));
      builder.hintSpread(Duration.ofSeconds(chance.nextLong(30)));
      builder.registerAtOccasion(1 + chance.nextInt(3));
      builder.probeInterval(Duration.ofMinutes(1 + chance.nextLong(10)));
    }
    if (chance.nextInt(3) == 0) {
      builder.restAfterLimit(Duration.ofMinutes(1 + chance.nextLong(60)));
    }
    return builder.build();
  }

  RetryPolicy policy() {
    long seconds = 1 + chance.nextLong(300);
    int limit = 1 + chance.nextInt(20);
    RetryPolicy drawn =
        switch (chance.nextInt(7)) {
          case 0 -> (request, random) -> RetryDecision.after(Duration.ofSeconds(seconds));
          case 1 ->
              (request, random) ->
                  RetryDecision.after(
                      request.failure().honourRetryAfter(Duration.ofSeconds(seconds), random));
          case 2 ->
              (request, random) ->
                  request.failures() > limit
                      ? RetryDecision.stop(limit + " attempts used up")
                      : RetryDecision.after(Duration.ofSeconds(seconds));
          case 3 ->
              (request, random) -> {
                throw new IllegalStateException("a policy with a bug");
              };
          case 4 -> (request, random) -> RetryDecision.after(Duration.ofDays(-seconds));
          default -> new BuiltInPolicy();
        };
    return new PolicyGuard(drawn, report -> {});
  }
}
