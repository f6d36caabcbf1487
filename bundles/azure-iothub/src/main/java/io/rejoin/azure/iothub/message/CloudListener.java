/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.message;

import java.util.concurrent.CompletionStage;

/**
 * What the cloud wants of the device. Called on the link's receiving thread, one call at a time: a
 * slow call delays the later ones and every twin answer, and must not wait for one. The thread is
 * interrupted when the link ends.
 */
public interface CloudListener {

  /**
   * A cloud-to-device message.
   *
   * @return whether it was taken. The hub keeps one that was not taken, or whose call threw, and
   *     delivers it again on a later connection, until it expires or has been delivered too often;
   *     over MQTT a device cannot reject one
   */
  boolean onMessage(CloudMessage message);

  /**
   * A direct method.
   *
   * @param name the method's name
   * @param payload JSON, {@code null} (the JSON word) when the caller sent nothing
   * @return completed with the answer, on any thread; one that comes after the link has ended, or
   *     after the time that the caller waits (30 s unless it says otherwise), reaches nobody
   */
  CompletionStage<DirectMethodAnswer> onMethod(String name, String payload);

  /**
   * Desired properties changed.
   *
   * @param patch JSON: only what changed, null for what was removed, and {@code $version}
   */
  void onDesiredProperties(String patch);
}
