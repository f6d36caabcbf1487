/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.itests.link;

import io.rejoin.azure.iothub.message.Delivery;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What became of one message; fails when told twice. */
final class Outcome implements Delivery {
  private static final long LIMIT_SECONDS = 30;

  private final CompletableFuture<String> outcome = new CompletableFuture<>();

  @Override
  public void confirmed() {
    tell("confirmed");
  }

  @Override
  public void unconfirmed(String why) {
    tell("unconfirmed: " + why);
  }

  @Override
  public void rejected(String why) {
    tell("rejected: " + why);
  }

  private void tell(String what) {
    if (!outcome.complete(what)) {
      outcome.obtrudeException(new AssertionError("told twice, now " + what));
    }
  }

  boolean isTold() {
    return outcome.isDone();
  }

  String await() {
    try {
      return outcome.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError("no outcome", e);
    }
  }
}
