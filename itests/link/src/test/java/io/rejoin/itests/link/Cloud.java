/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.itests.link;

import io.rejoin.azure.iothub.message.CloudListener;
import io.rejoin.azure.iothub.message.CloudMessage;
import io.rejoin.azure.iothub.message.DirectMethodAnswer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Keeps what the cloud wants of the device, and answers as it was told to. */
final class Cloud implements CloudListener {
  private static final long LIMIT_SECONDS = 30;

  final BlockingQueue<CloudMessage> messages = new LinkedBlockingQueue<>();
  final BlockingQueue<String> desired = new LinkedBlockingQueue<>();
  final BlockingQueue<String> methods = new LinkedBlockingQueue<>();
  volatile Function<CloudMessage, Boolean> onMessage = message -> true;
  volatile DirectMethodAnswer answer = new DirectMethodAnswer(200, "{}");

  @Override
  public boolean onMessage(CloudMessage message) {
    messages.add(message);
    return onMessage.apply(message);
  }

  @Override
  public CompletionStage<DirectMethodAnswer> onMethod(String name, String payload) {
    methods.add(name + " " + payload);
    return CompletableFuture.completedFuture(answer);
  }

  @Override
  public void onDesiredProperties(String patch) {
    desired.add(patch);
  }

  static <T> T next(BlockingQueue<T> queue) {
    try {
      T next = queue.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("nothing came");
      }
      return next;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
