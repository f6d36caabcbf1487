/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.benchmarks;

import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;

/** A client of the SDK as an application would use it, in classes of its own. */
public interface BareSdk extends AutoCloseable {

  static BareSdk client(Hub hub) throws ReflectiveOperationException, GeneralSecurityException {
    return BareClasses.SHARED
        .loadClass("io.rejoin.benchmarks.BareClient")
        .asSubclass(BareSdk.class)
        .getConstructor(String.class, SSLContext.class)
        .newInstance(hub.bareConnectionString(), hub.sslContext());
  }

  /** Calls back whenever a connection is there. */
  void onConnected(Runnable callback);

  void open() throws Exception;

  /** Sends a message; calls back when the hub has confirmed it, and not at all when it has not. */
  void send(String messageId, byte[] body, Runnable confirmed);

  @Override
  void close();
}
