/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator.hub;

/** An operation of the service's side failed as it would on Azure. */
public final class HubException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final HubError error;

  HubException(HubError error, String message) {
    super(error.number() + " " + error.title() + ": " + message);
    this.error = error;
  }

  public HubError error() {
    return error;
  }
}
