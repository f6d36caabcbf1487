/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.twin;

import io.rejoin.azure.iothub.link.HubLink;
import io.rejoin.azure.iothub.link.LinkFailedException;
import io.rejoin.azure.iothub.message.Delivery;
import io.rejoin.azure.iothub.message.OutgoingMessage;
import io.rejoin.retry.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The twin's side of a link, answered by the test. */
final class FakeTwin implements HubLink {
  /** What was asked, "GET" or the patch. */
  final List<String> asked = new ArrayList<>();

  private final List<CompletableFuture<String>> answers = new ArrayList<>();

  void accept() {
    answer("{}");
  }

  void answer(String json) {
    answers.remove(0).complete(json);
  }

  void fail(Failure failure) {
    answers.remove(0).completeExceptionally(new LinkFailedException(failure));
  }

  private CompletableFuture<String> ask(String what) {
    asked.add(what);
    CompletableFuture<String> answer = new CompletableFuture<>();
    answers.add(answer);
    return answer;
  }

  @Override
  public CompletionStage<String> twin() {
    return ask("GET");
  }

  @Override
  public CompletionStage<?> report(String patch) {
    return ask(patch);
  }

  @Override
  public void send(OutgoingMessage message, Delivery delivery) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<?> drain(Duration atMost) {
    throw new UnsupportedOperationException();
  }

  @Override
  public @Nullable Instant tokenExpiresAt() {
    return null;
  }

  @Override
  public void close() {}
}
