/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator.net;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Delays all that is sent by the network's round trip time, and keeps its order. */
@SuppressWarnings("FutureReturnValueIgnored") // the promise given is the future returned
public final class RoundTrip extends ChannelOutboundHandlerAdapter {
  private final Supplier<Duration> time;

  public RoundTrip(Supplier<Duration> time) {
    this.time = time;
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    long nanos = time.get().toNanos();
    if (nanos == 0) {
      context.write(message, promise);
    } else {
      context
          .executor()
          .schedule(() -> context.writeAndFlush(message, promise), nanos, TimeUnit.NANOSECONDS);
    }
  }
}
