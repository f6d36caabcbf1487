/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator.tls;

/** Which certificate a server shows: the right one, or one that a client must not accept. */
public enum ServerCertificate {
  /** Issued by the test authority, for the server's names, valid now. */
  GOOD,
  /** Issued by the test authority for another name. */
  OTHER_NAME,
  /** For the server's names, issued by an authority nobody trusts. */
  UNTRUSTED,
  /** For another name, issued by an authority nobody trusts: a hotspot's login page. */
  CAPTIVE_PORTAL,
  /** Right, but its time is over. */
  EXPIRED,
  /** Right, but its time is to come: what a client sees whose clock is behind. */
  NOT_YET_VALID
}
