/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.reconnect;

/** Whose rules decide about reprovisioning. */
public enum Profile {
  /**
   * Microsoft's "Manage device reconnections" to the letter: back off and retry what is
   * recoverable; after 10 consecutive failures, or after 401, 403 or 404, reprovision.
   */
  DOCUMENTED,
  /**
   * The union of Microsoft's guidance on reconnecting, on error codes and on large fleets: an
   * answer that proves the hub alive never leads to the provisioning service, a silent hub does so
   * after 10 failures and the device's own slot, a confirmed loss at once.
   */
  RECOMMENDED
}
