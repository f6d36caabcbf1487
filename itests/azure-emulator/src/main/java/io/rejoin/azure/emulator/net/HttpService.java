/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator.net;

/** Answers requests, on the serving thread: must not block. */
@FunctionalInterface
public interface HttpService {
  HttpReply answer(HttpCall call);
}
