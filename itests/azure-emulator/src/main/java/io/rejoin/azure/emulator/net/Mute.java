/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator.net;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;

/**
 * First in each pipeline: makes an established connection half-open when told to. From then on
 * nothing is read or written any more, and it is not closed either; the other side finds a peer
 * that acknowledges segments and says nothing.
 */
@SuppressWarnings("FutureReturnValueIgnored") // the promise given is the future returned
final class Mute extends ChannelDuplexHandler {
  private volatile boolean muted;

  void mute() {
    muted = true;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (muted) {
      ReferenceCountUtil.release(message);
    } else {
      context.fireChannelRead(message);
    }
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (muted) {
      ReferenceCountUtil.release(message);
      promise.setSuccess();
    } else {
      context.write(message, promise);
    }
  }

  @Override
  public void close(ChannelHandlerContext context, ChannelPromise promise) {
    if (muted) {
      promise.setSuccess();
    } else {
      context.close(promise);
    }
  }
}
