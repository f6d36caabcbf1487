/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator.hub;

/**
 * The hub's own errors, as listed in Microsoft's "Understand and resolve Azure IoT Hub error
 * codes". Over MQTT none of them shows: a refused CONNECT is always return code 5.
 *
 * <p>Unverified: the names as they stand in the header and the body, except {@code DeviceNotFound},
 * {@code IotHubUnauthorizedAccess} and {@code ThrottlingBacklogTimeout}, which were seen in public
 * reports; 403012 for a disabled device over the HTTPS device endpoint; 412002 for a lock token
 * that never was.
 */
public enum HubError {
  HUB_NOT_FOUND(401001, "IotHubNotFound"),
  UNAUTHORIZED(401003, "IotHubUnauthorizedAccess"),
  HUB_SUSPENDED(403001, "IotHubSuspended"),
  QUOTA_EXCEEDED(403002, "IotHubQuotaExceeded"),
  QUEUE_DEPTH_EXCEEDED(403004, "DeviceMaximumQueueDepthExceeded"),
  DEVICE_DISABLED(403012, "DeviceDisabled"),
  DEVICE_NOT_FOUND(404001, "DeviceNotFound"),
  HUB_FAILING_OVER(404012, "IotHubFailingOver"),
  DEVICE_NOT_ONLINE(404103, "DeviceNotOnline"),
  LOCK_LOST(412002, "DeviceMessageLockLost"),
  MESSAGE_TOO_LARGE(413001, "MessageTooLarge"),
  THROTTLED(429001, "ThrottlingException"),
  BACKLOG_LIMIT(429002, "ThrottlingBacklogLimitExceeded"),
  BACKLOG_TIMEOUT(429003, "ThrottlingBacklogTimeout"),
  BAD_FORMAT(400004, "ArgumentInvalid"),
  SERVER_ERROR(500001, "ServerError"),
  SERVICE_UNAVAILABLE(503001, "ServiceUnavailable"),
  GATEWAY_TIMEOUT(504101, "GatewayTimeout");

  private final int number;
  private final String title;

  HubError(int number, String title) {
    this.number = number;
    this.title = title;
  }

  /** The six-digit sub-code. */
  public int number() {
    return number;
  }

  /** The name that the header {@code iothub-errorcode} carries. */
  public String title() {
    return title;
  }

  /** The HTTP status: the first three digits of the sub-code. */
  public int status() {
    return number / 1000;
  }
}
