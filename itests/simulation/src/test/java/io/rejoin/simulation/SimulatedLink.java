/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.simulation;

import io.rejoin.azure.iothub.link.HubLink;
import io.rejoin.azure.iothub.link.LinkListener;
import io.rejoin.azure.iothub.message.Delivery;
import io.rejoin.azure.iothub.message.OutgoingMessage;
import io.rejoin.retry.Failure;
import io.rejoin.retry.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One attempt and the session it may become, as strict as the SDK and the hub are together. */
final class SimulatedLink implements HubLink {

  private static final long CONNECT_TIMEOUT_MILLIS = 60_000;
  private static final long TOKEN_LIFE_MILLIS = Duration.ofHours(24).toMillis();

  /** The hub lets a session live a little longer than its token. */
  private static final long GRACE_MILLIS = 10 * 60_000;

  private final VirtualTime time;
  private final RandomGenerator chance;
  private final Cloud cloud;
  private final Checks checks;
  private final Hub hub;
  private final LinkListener listener;
  private final Map<String, Delivery> outstanding = new LinkedHashMap<>();
  private final @Nullable Instant tokenExpiresAt;
  private @Nullable CompletableFuture<Void> drained;
  private boolean open;
  private boolean ended;

  SimulatedLink(
      VirtualTime time,
      RandomGenerator chance,
      Cloud cloud,
      Checks checks,
      Hub hub,
      LinkListener listener) {
    this.time = time;
    this.chance = chance;
    this.cloud = cloud;
    this.checks = checks;
    this.hub = hub;
    this.listener = listener;
    long life = (long) (TOKEN_LIFE_MILLIS * (0.75 + 0.2 * chance.nextDouble()));
    tokenExpiresAt = cloud.tokens ? Instant.ofEpochMilli(time.wallMillis() + life) : null;
    time.inTheGateway(20 + chance.nextLong(3_000), this::decide);
  }

  private void decide() {
    if (ended) {
      return;
    }
    Failure failure = cloud.connect(hub);
    if (failure == null) {
      open = true;
      cloud.opened(this);
      expire();
      listener.opened(this);
    } else if (failure.kind() == FailureKind.TIMED_OUT) {
      time.inTheGateway(CONNECT_TIMEOUT_MILLIS, () -> fail(failure));
    } else {
      fail(failure);
    }
  }

  private void fail(Failure failure) {
    if (!ended) {
      end();
      listener.openFailed(this, failure);
    }
  }

  private void expire() {
    if (tokenExpiresAt != null) {
      long dies = tokenExpiresAt.toEpochMilli() + GRACE_MILLIS - time.trueMillis();
      time.inTheWorld(Math.max(0, dies), () -> lose(Failure.of(FailureKind.TOKEN_EXPIRED, ""), 0));
    }
  }

  /** The connection breaks; the gateway notices when it runs. */
  void lose(Failure failure, long quietMillis) {
    if (!open || ended) {
      return;
    }
    cloud.ended(this);
    time.inTheGateway(
        0,
        () -> {
          if (!ended) {
            end();
            listener.lost(this, failure, Duration.ofMillis(quietMillis));
          }
        });
  }

  /** The process is gone, and its sockets with it. */
  void die() {
    ended = true;
    outstanding.clear();
    cloud.ended(this);
  }

  private void end() {
    ended = true;
    checks.linkEnded(this);
    cloud.ended(this);
    List<Delivery> unanswered = List.copyOf(outstanding.values());
    outstanding.clear();
    unanswered.forEach(delivery -> delivery.unconfirmed("the link has ended"));
    completeDrained();
  }

  @Override
  public void send(OutgoingMessage message, Delivery delivery) {
    if (!open || ended || drained != null) {
      delivery.unconfirmed("not open");
      return;
    }
    outstanding.put(message.messageId(), delivery);
    time.inTheWorld(5 + chance.nextLong(200), () -> arrive(message.messageId()));
  }

  /** A message may arrive and its confirmation not. */
  private void arrive(String messageId) {
    if (ended || cloud.offline || hub.down || hub.mute && chance.nextBoolean()) {
      return;
    }
    cloud.received.add(messageId);
    if (!hub.mute) {
      time.inTheGateway(5 + chance.nextLong(200), () -> confirm(messageId));
    }
  }

  private void confirm(String messageId) {
    Delivery delivery = outstanding.remove(messageId);
    if (delivery != null) {
      delivery.confirmed();
    }
    if (outstanding.isEmpty()) {
      completeDrained();
    }
  }

  @Override
  public CompletionStage<?> drain(Duration atMost) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    drained = done;
    if (outstanding.isEmpty() || ended) {
      done.complete(null);
    } else {
      time.inTheGateway(atMost.toMillis(), this::completeDrained);
    }
    return done;
  }

  private void completeDrained() {
    if (drained != null) {
      drained.complete(null);
    }
  }

  @Override
  public void close() {
    if (!ended) {
      end();
    }
  }

  @Override
  public @Nullable Instant tokenExpiresAt() {
    return tokenExpiresAt;
  }

  @Override
  public CompletionStage<String> twin() {
    return CompletableFuture.failedFuture(new UnsupportedOperationException());
  }

  @Override
  public CompletionStage<?> report(String patch) {
    return CompletableFuture.failedFuture(new UnsupportedOperationException());
  }
}
