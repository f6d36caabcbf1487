/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.dps.identity;

/** The device's own credential cannot be used; the message says why and what to do. */
public final class IdentityException extends Exception {
  private static final long serialVersionUID = 1;

  public IdentityException(String message) {
    super(message);
  }
}
