/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.connection;

import io.rejoin.azure.iothub.message.CloudListener;
import io.rejoin.azure.iothub.message.CloudMessage;
import io.rejoin.azure.iothub.message.DirectMethodAnswer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Takes nothing and knows no method. */
final class SilentCloud implements CloudListener {

  @Override
  public boolean onMessage(CloudMessage message) {
    return false;
  }

  @Override
  public CompletionStage<DirectMethodAnswer> onMethod(String name, String payload) {
    return CompletableFuture.completedStage(new DirectMethodAnswer(404, "null"));
  }

  @Override
  public void onDesiredProperties(String patch) {}
}
