/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.twin;

import com.google.gson.JsonObject;

/** Whom the twin is kept for. Called on the connection's own thread: must return at once. */
public interface TwinUser {

  /**
   * All desired properties, in answer to {@link TwinKeeper#askForDesired}.
   *
   * @param json an object with {@code $version}
   */
  void onDesired(String json);

  /** State and statistics as they are now, to be reported; no secret. */
  JsonObject statistics();
}
