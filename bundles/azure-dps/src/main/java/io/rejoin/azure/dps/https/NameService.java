/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.dps.https;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Asks the name service, which may take its time, with a time limit. */
public final class NameService {

  private NameService() {}

  /** Whether a name can be resolved within the limit. Never throws; keeps an interrupt. */
  public static boolean resolves(String host, Duration limit) {
    CompletableFuture<Boolean> answer = new CompletableFuture<>();
    Thread thread = new Thread(() -> answer.complete(resolves(host)), "rejoin-dps name lookup");
    thread.setDaemon(true);
    thread.start();
    return answer.completeOnTimeout(false, limit.toMillis(), TimeUnit.MILLISECONDS).join();
  }

  private static boolean resolves(String host) {
    try {
      return InetAddress.getByName(host) != null;
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
