/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.link;

import io.rejoin.azure.iothub.message.Delivery;
import io.rejoin.azure.iothub.message.OutgoingMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One connection to a hub, from the first attempt to its end. Thread-safe; nothing here blocks. */
public interface HubLink {

  /**
   * Hands one message to the SDK, which sends messages in the order of the calls. A link that is
   * not open, is draining or is closed answers {@link Delivery#unconfirmed} at once.
   *
   * <p>The SDK sends everything with QoS 1, so a message of QoS 0 is confirmed by the hub's PUBACK
   * too; its "at most once" is up to the sender, who does not send it again.
   */
  void send(OutgoingMessage message, Delivery delivery);

  /**
   * Takes no more messages and waits for outstanding confirmations.
   *
   * @return completed when none is outstanding, the time is up, or the link has ended
   */
  CompletionStage<?> drain(Duration atMost);

  /**
   * Asks for the whole twin.
   *
   * @return JSON with {@code desired} and {@code reported}; fails with {@link LinkFailedException}
   */
  CompletionStage<String> twin();

  /**
   * Reports properties.
   *
   * @param patch JSON object, null for what is to be removed
   * @return completed when the hub took them; fails with {@link LinkFailedException}
   */
  CompletionStage<?> report(String patch);

  /**
   * When the hub ends this connection because its token runs out, by the gateway's own clock; known
   * once it is open, null with a certificate.
   */
  @Nullable Instant tokenExpiresAt();

  /**
   * Ends the link, in whatever state, and returns at once: all its messages are answered, the
   * listener is not called any more, and what takes time is done elsewhere. Closing it twice does
   * nothing.
   */
  void close();
}
