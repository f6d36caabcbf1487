/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package org.eclipse.kura.security.keystore;

import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;
import org.osgi.service.event.Event;

/** The content of a keystore changed. */
@ProviderType
public class KeystoreChangedEvent extends Event {
  public static final String EVENT_TOPIC =
      "org/eclipse/kura/security/keystore/KeystoreChangedEvent/KEYSTORE_CHANGED";

  /** The property with the {@code kura.service.pid} of the keystore service. */
  public static final String SENDER_PID_PROPERTY_KEY = "sender.pid";

  public KeystoreChangedEvent(String keystoreServicePid) {
    super(EVENT_TOPIC, Map.of(SENDER_PID_PROPERTY_KEY, keystoreServicePid));
  }

  public String getSenderPid() {
    return (String) getProperty(SENDER_PID_PROPERTY_KEY);
  }
}
