/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package org.eclipse.kura.cloudconnection.factory;

import java.util.List;
import java.util.Set;
import org.eclipse.kura.KuraException;
import org.osgi.annotation.versioning.ProviderType;

/** Creates and deletes the components that together make one connection. */
@ProviderType
public interface CloudConnectionFactory {
  /** The endpoint's property that names the factory it came from. */
  String KURA_CLOUD_CONNECTION_FACTORY_PID = "kura.cloud.connection.factory.pid";

  /** Returns the factory pid of the endpoints made here. */
  String getFactoryPid();

  /**
   * Creates an endpoint and what it needs.
   *
   * @param pid the {@code kura.service.pid} of the new endpoint
   * @throws KuraException if the pid is refused or the creation fails
   */
  void createConfiguration(String pid) throws KuraException;

  /**
   * Returns the {@code kura.service.pid}s of all the parts of a connection, in the order of the
   * console's tabs. Only these may be edited there.
   *
   * @throws KuraException if the pid is refused
   */
  List<String> getStackComponentsPids(String pid) throws KuraException;

  /**
   * Deletes all the parts of a connection.
   *
   * @throws KuraException if the pid is refused or the deletion fails
   */
  void deleteConfiguration(String pid) throws KuraException;

  /** Returns the {@code kura.service.pid}s of the endpoints that came from here. */
  Set<String> getManagedCloudConnectionPids() throws KuraException;
}
