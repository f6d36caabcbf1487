/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.retry;

import java.util.random.RandomGenerator;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Decides how long a connection waits after a failure. Implement it, register it as an OSGi service
 * with a {@code kura.service.pid}, and Kura's console offers it to every connection.
 *
 * <p>A policy is a function: it keeps no count, starts no thread and reads no clock. All it needs
 * is in the {@link RetryRequest}; all its chance comes from the generator it is handed. The
 * connection may ask again about the same failure, with the same random numbers, when the policy's
 * parameters change while it waits.
 *
 * <pre>{@code
 * public RetryDecision decide(RetryRequest request, RandomGenerator random) {
 *   if (request.failures() > 10) {
 *     return RetryDecision.stop("10 attempts used up");
 *   }
 *   Duration own = Duration.ofSeconds(30 + random.nextInt(30));
 *   return RetryDecision.after(request.failure().honourRetryAfter(own, random));
 * }
 * }</pre>
 *
 * <p>Called on the connection's own thread, several times in a row or for several connections at
 * once: an implementation has to be thread-safe and must not block. What it throws, and a negative
 * delay, is contained: the connection says so once in the log and lets its built-in policy decide.
 *
 * <p>Service properties: {@code kura.service.pid} is the name under which the policy is picked and
 * shown. When parameters change, change a service property or keep {@code @Modified}: the
 * connection re-reads the policy when it learns of the change through the service registry.
 */
@ConsumerType
public interface RetryPolicy {

  /**
   * The longest delay a connection accepts from a policy, in hours. A longer one is taken for a
   * mistake.
   */
  int MAX_DELAY_HOURS = 24 * 7;

  /**
   * Answers one failure.
   *
   * @param request the failure and its history
   * @param random the only source of chance; the same generator state must lead to the same answer
   * @return wait so long, or give up
   */
  RetryDecision decide(RetryRequest request, RandomGenerator random);
}
