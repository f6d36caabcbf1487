/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package org.eclipse.kura.cloudconnection;

/** Names of the properties that tie publishers and subscribers to their connection. */
public enum CloudConnectionConstants {
  /** The {@code kura.service.pid} of the endpoint that a publisher or subscriber belongs to. */
  CLOUD_ENDPOINT_SERVICE_PID_PROP_NAME("cloud.endpoint.service.pid"),
  /** The factory pid of the endpoints for which a publisher or subscriber is made. */
  CLOUD_CONNECTION_FACTORY_PID_PROP_NAME("cloud.connection.factory.pid");

  private final String value;

  CloudConnectionConstants(String value) {
    this.value = value;
  }

  public String value() {
    return value;
  }
}
