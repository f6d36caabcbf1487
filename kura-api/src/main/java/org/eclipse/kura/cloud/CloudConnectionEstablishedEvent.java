/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package org.eclipse.kura.cloud;

import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;
import org.osgi.service.event.Event;

/**
 * An endpoint is connected. The property {@code cloud.service.pid} is its {@code kura.service.pid};
 * the console's Cloud Connections page refreshes on it.
 */
@ProviderType
public class CloudConnectionEstablishedEvent extends Event {
  public static final String CLOUD_CONNECTION_STATUS_ESTABLISHED =
      "org/eclipse/kura/cloud/CloudConnectionStatus/ESTABLISHED";

  public CloudConnectionEstablishedEvent(Map<String, ?> properties) {
    super(CLOUD_CONNECTION_STATUS_ESTABLISHED, properties);
  }
}
