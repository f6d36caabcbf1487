/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.reconnect;

import io.rejoin.retry.Failure;

/**
 * The error filter: what to do about which failure. One table for each profile; sources are
 * Microsoft's "Manage device reconnections", "Understand and resolve Azure IoT Hub error codes" and
 * "Deploy devices at scale".
 */
final class ErrorFilter {

  private ErrorFilter() {}

  static Reaction reaction(Failure failure, Settings settings) {
    return switch (settings.profile()) {
      case DOCUMENTED -> documented(failure, settings.provisioned());
      case RECOMMENDED -> recommended(failure);
    };
  }

  private static Reaction recommended(Failure failure) {
    return switch (failure.kind()) {
      case NETWORK_DOWN, NAME_SERVICE_DOWN, CAPTIVE_PORTAL, PROXY_REFUSED -> Reaction.LOCAL;
      case NAME_NOT_FOUND,
          CONNECTION_REFUSED,
          TIMED_OUT,
          CONNECTION_CLOSED,
          CONNECTION_SILENT,
          TLS_BROKEN,
          UNKNOWN ->
          Reaction.COUNT;
      case SERVER_ERROR -> failure.provesServerAlive() ? Reaction.ALIVE : Reaction.COUNT;
      case SERVER_UNAVAILABLE, THROTTLED, HUB_FAILING_OVER, SERVICE_MAINTENANCE -> Reaction.ALIVE;
      case REFUSED -> Reaction.ASK_WHY;
      case TOKEN_EXPIRED -> Reaction.REOPEN;
      case HUB_NOT_FOUND, DEVICE_NOT_FOUND -> Reaction.REPROVISION;
      case UNAUTHORIZED -> Reaction.LOOK_UP;
      case QUOTA_EXCEEDED -> Reaction.UNTIL_MIDNIGHT;
      case CERTIFICATE_UNTRUSTED,
          CERTIFICATE_NOT_YET_VALID,
          PROTOCOL_UNSUPPORTED,
          DEVICE_DISABLED,
          HUB_SUSPENDED,
          FORBIDDEN,
          DUPLICATE_IDENTITY,
          CLOCK_WRONG,
          OWN_CERTIFICATE_EXPIRED,
          OWN_CERTIFICATE_NOT_YET_VALID,
          MISCONFIGURED,
          ID_SCOPE_UNKNOWN,
          REGISTRATION_UNKNOWN,
          ENROLMENT_DISABLED,
          PROVISIONING_UNAUTHORIZED ->
          Reaction.PARK;
      case PROVISIONING_FAILED, PROVISIONING_BUDGET_EMPTY -> Reaction.LOCAL;
    };
  }

  /**
   * "HTTP 401, 403, 404: reprovision". Over MQTT all three show as a refused CONNECT, which the
   * guidance's own SDKs take for 401. What a proxy answers is not the hub's.
   */
  private static Reaction documented(Failure failure, boolean provisioned) {
    return switch (failure.kind()) {
      case TOKEN_EXPIRED -> Reaction.REOPEN;
      case REFUSED,
          UNAUTHORIZED,
          HUB_NOT_FOUND,
          DEVICE_NOT_FOUND,
          DEVICE_DISABLED,
          QUOTA_EXCEEDED,
          HUB_SUSPENDED,
          FORBIDDEN,
          HUB_FAILING_OVER ->
          provisioned ? Reaction.REPROVISION : withoutDps(failure);
      case SERVICE_MAINTENANCE, UNKNOWN ->
          provisioned && sentAway(failure.httpStatus())
              ? Reaction.REPROVISION
              : withoutDps(failure);
      default -> withoutDps(failure);
    };
  }

  private static boolean sentAway(int httpStatus) {
    return httpStatus == 401 || httpStatus == 403 || httpStatus == 404;
  }

  /** "If you use IoT Hub only without DPS": back off and reconnect what is recoverable. */
  private static Reaction withoutDps(Failure failure) {
    return failure.recoverable() ? Reaction.COUNT : Reaction.PARK;
  }
}
