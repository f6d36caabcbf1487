/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.reconnect;

/** News from outside that makes waiting longer pointless. */
public enum Hint {
  NETWORK_UP("the network is up"),
  CLOCK_SYNCHRONISED("the clock was set"),
  CERTIFICATE_CHANGED("a certificate changed"),
  CONFIGURATION_CHANGED("the configuration changed"),
  RESUMED("the gateway woke up");

  private final String words;

  Hint(String words) {
    this.words = words;
  }

  public String words() {
    return words;
  }

  /** Whether an established session should be opened anew because of it. */
  boolean concernsSession() {
    return switch (this) {
      // A token that was made by a wrong clock ends the session by itself, if it ever does.
      case NETWORK_UP, CLOCK_SYNCHRONISED -> false;
      // Another target is an event of its own; other numbers hold from the next loss on.
      case CONFIGURATION_CHANGED -> false;
      case CERTIFICATE_CHANGED, RESUMED -> true;
    };
  }
}
