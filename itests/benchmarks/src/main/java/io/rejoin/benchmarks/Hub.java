/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.benchmarks;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * One of the hubs in the other JVM, and what a device needs to know to connect to it.
 *
 * @param number from 0
 * @param ourConnectionString of the device of ours
 * @param bareConnectionString of the bare SDK's
 */
record Hub(
    HubProcess process,
    int number,
    String ourConnectionString,
    String bareConnectionString,
    int httpsPort,
    KeyStore trust) {

  /** Time between a request and its answer, added by the hub. */
  void roundTrip(long millis) throws IOException {
    process.command("round-trip " + number + " " + millis);
  }

  /** Starts an outage that ends by itself. */
  void outage(long millis) throws IOException {
    process.command("outage " + number + " " + millis);
  }

  SSLContext sslContext() throws GeneralSecurityException {
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(trust);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    return context;
  }
}
