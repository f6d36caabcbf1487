/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.connection;

import com.google.gson.JsonObject;
import io.rejoin.azure.iothub.message.CloudListener;
import java.util.Map;

/** Who takes what the cloud sends over a connection, and tells the cloud about itself. */
public interface HubClient extends CloudListener {

  /**
   * All desired properties, in answer to {@link HubConnection#askForDesired}. Called on the
   * connection's own thread: must return at once.
   *
   * @param json an object with {@code $version}
   */
  void onAllDesiredProperties(String json);

  /** The entries of the status page; no secret. */
  Map<String, String> info();

  /** Its part of the statistics that are reported to the twin, as {@code name}; no secret. */
  JsonObject statistics();
}
