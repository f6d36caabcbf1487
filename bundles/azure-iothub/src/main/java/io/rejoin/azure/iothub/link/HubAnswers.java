/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.link;

import static io.rejoin.retry.FailureKind.CAPTIVE_PORTAL;
import static io.rejoin.retry.FailureKind.DEVICE_DISABLED;
import static io.rejoin.retry.FailureKind.DEVICE_NOT_FOUND;
import static io.rejoin.retry.FailureKind.DUPLICATE_IDENTITY;
import static io.rejoin.retry.FailureKind.FORBIDDEN;
import static io.rejoin.retry.FailureKind.HUB_FAILING_OVER;
import static io.rejoin.retry.FailureKind.HUB_NOT_FOUND;
import static io.rejoin.retry.FailureKind.HUB_SUSPENDED;
import static io.rejoin.retry.FailureKind.PROXY_REFUSED;
import static io.rejoin.retry.FailureKind.QUOTA_EXCEEDED;
import static io.rejoin.retry.FailureKind.SERVER_ERROR;
import static io.rejoin.retry.FailureKind.SERVER_UNAVAILABLE;
import static io.rejoin.retry.FailureKind.SERVICE_MAINTENANCE;
import static io.rejoin.retry.FailureKind.THROTTLED;
import static io.rejoin.retry.FailureKind.UNAUTHORIZED;
import static io.rejoin.retry.FailureKind.UNKNOWN;

import io.rejoin.retry.Failure;
import io.rejoin.retry.FailureKind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The error filter for HTTP and the twin: what IoT Hub's status and sub-code mean, from Microsoft's
 * "Troubleshoot Azure IoT Hub error codes". One table. Pure.
 */
public final class HubAnswers {

  private HubAnswers() {}

  /**
   * What an answer means.
   *
   * @param status the HTTP status of an answer that is not a good one
   * @param subCode the hub's own six-digit code, 0 when it gave none
   * @param detail for an operator
   * @param retryAfter how long the hub asked to wait, null when it did not
   */
  public static Failure failure(
      int status, int subCode, String detail, @Nullable Duration retryAfter) {
    return new Failure(kind(status, subCode), detail, status, subCode, retryAfter);
  }

  private static FailureKind kind(int status, int subCode) {
    return switch (subCode) {
      case 400027 -> DUPLICATE_IDENTITY;
      case 400029, 400030, 404104, 409002 -> SERVICE_MAINTENANCE;
      case 401001 -> HUB_NOT_FOUND;
      case 403001 -> HUB_SUSPENDED;
      case 403002 -> QUOTA_EXCEEDED;
      case 403012 -> DEVICE_DISABLED;
      case 404001 -> DEVICE_NOT_FOUND;
      case 404012 -> HUB_FAILING_OVER;
      case 503005, 503008 -> SERVER_UNAVAILABLE;
      default -> kind(status);
    };
  }

  /** A bare 404 says only that somebody, perhaps a proxy, does not know something. */
  private static FailureKind kind(int status) {
    return switch (status) {
      case 401 -> UNAUTHORIZED;
      case 403 -> FORBIDDEN;
      case 407 -> PROXY_REFUSED;
      case 429 -> THROTTLED;
      default ->
          switch (status / 100) {
            case 3 -> CAPTIVE_PORTAL;
            case 5 -> SERVER_ERROR;
            default -> UNKNOWN;
          };
    };
  }
}
