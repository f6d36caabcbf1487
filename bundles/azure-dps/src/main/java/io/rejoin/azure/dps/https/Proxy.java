/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.dps.https;

/**
 * An HTTP proxy. Immutable; {@link #toString} shows no password.
 *
 * @param endpoint where it listens
 * @param user the user's name, empty for a proxy that asks for none
 * @param password the user's password
 */
public record Proxy(Endpoint endpoint, String user, String password) {

  @Override
  public String toString() {
    return user.isEmpty() ? endpoint.toString() : user + " at " + endpoint;
  }
}
