/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.connection;

import io.rejoin.azure.iothub.link.HubLink;
import io.rejoin.azure.iothub.link.LinkFactory;
import io.rejoin.azure.iothub.link.LinkListener;
import io.rejoin.azure.iothub.link.LinkSettings;
import io.rejoin.azure.iothub.message.CloudListener;
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

/** Links that do what the test says, and keep a record. */
final class FakeHub implements LinkFactory {

  final List<FakeLink> links = new ArrayList<>();
  @Nullable Instant tokenExpiresAt;

  /** Why no link can be made at all. */
  @Nullable Error broken;

  long mostOpenAtOnce;

  @Override
  public HubLink open(LinkSettings settings, LinkListener listener, CloudListener cloud) {
    if (broken != null) {
      throw broken;
    }
    FakeLink link = new FakeLink(settings, listener);
    links.add(link);
    mostOpenAtOnce = Math.max(mostOpenAtOnce, open());
    return link;
  }

  FakeLink newest() {
    return links.get(links.size() - 1);
  }

  long open() {
    return links.stream().filter(link -> !link.closed).count();
  }

  final class FakeLink implements HubLink {

    final LinkSettings settings;
    final LinkListener listener;
    final List<Delivery> outstanding = new ArrayList<>();
    final CompletableFuture<Void> drained = new CompletableFuture<>();
    boolean draining;
    boolean closed;

    FakeLink(LinkSettings settings, LinkListener listener) {
      this.settings = settings;
      this.listener = listener;
    }

    void accept() {
      listener.opened(this);
    }

    void refuse(Failure failure) {
      closed = true;
      listener.openFailed(this, failure);
    }

    void lose(Failure failure) {
      close();
      listener.lost(this, failure, Duration.ofSeconds(3));
    }

    @Override
    public void send(OutgoingMessage message, Delivery delivery) {
      if (closed || draining) {
        delivery.unconfirmed("closed");
      } else {
        outstanding.add(delivery);
      }
    }

    @Override
    public CompletionStage<?> drain(Duration atMost) {
      draining = true;
      return drained;
    }

    @Override
    public CompletionStage<String> twin() {
      throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<?> report(String patch) {
      throw new UnsupportedOperationException();
    }

    @Override
    public @Nullable Instant tokenExpiresAt() {
      return tokenExpiresAt;
    }

    @Override
    public void close() {
      closed = true;
      outstanding.forEach(delivery -> delivery.unconfirmed("closed"));
      outstanding.clear();
    }
  }
}
