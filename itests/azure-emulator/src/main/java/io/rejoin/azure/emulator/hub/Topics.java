/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator.hub;

import java.util.Set;

/** IoT Hub's MQTT topics, for one device. */
final class Topics {
  static final String TWIN_FILTER = "$iothub/twin/res/#";
  static final String DESIRED_FILTER = "$iothub/twin/PATCH/properties/desired/#";
  static final String METHODS_FILTER = "$iothub/methods/POST/#";
  static final String TWIN_GET = "$iothub/twin/GET/";
  static final String TWIN_PATCH = "$iothub/twin/PATCH/properties/reported/";
  static final String METHOD_REPLY = "$iothub/methods/res/";

  private final String deviceId;

  Topics(String deviceId) {
    this.deviceId = deviceId;
  }

  /** What device-to-cloud topics begin with; a property bag may follow. */
  String events() {
    return "devices/" + deviceId + "/messages/events/";
  }

  String toDeviceFilter() {
    return "devices/" + deviceId + "/messages/devicebound/#";
  }

  /** All that a device may subscribe to. */
  Set<String> filters() {
    return Set.of(toDeviceFilter(), TWIN_FILTER, DESIRED_FILTER, METHODS_FILTER);
  }

  static String twinReply(int status, String requestId) {
    return "$iothub/twin/res/" + status + "/?$rid=" + requestId;
  }

  static String twinReply(int status, String requestId, long version) {
    return twinReply(status, requestId) + "&$version=" + version;
  }

  static String desired(long version) {
    return "$iothub/twin/PATCH/properties/desired/?$version=" + version;
  }

  static String method(String name, String requestId) {
    return "$iothub/methods/POST/" + name + "/?$rid=" + requestId;
  }
}
