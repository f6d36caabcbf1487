/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package org.eclipse.kura.cloudconnection.message;

import java.util.HashMap;
import java.util.Map;
import org.eclipse.kura.message.KuraPayload;
import org.osgi.annotation.versioning.ProviderType;

/** A payload and the properties that a publisher or subscriber of some connection understands. */
@ProviderType
public class KuraMessage {
  private final KuraPayload payload;
  private final Map<String, Object> properties;

  /** A message without properties. */
  public KuraMessage(KuraPayload payload) {
    this(payload, Map.of());
  }

  /** A message with a copy of the properties. */
  public KuraMessage(KuraPayload payload, Map<String, Object> properties) {
    this.payload = payload;
    this.properties = new HashMap<>(properties);
  }

  /** Returns the properties; changes to the map change the message. */
  public Map<String, Object> getProperties() {
    return properties;
  }

  public KuraPayload getPayload() {
    return payload;
  }
}
