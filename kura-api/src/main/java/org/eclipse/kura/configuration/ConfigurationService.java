/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package org.eclipse.kura.configuration;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.kura.KuraException;
import org.osgi.annotation.versioning.ProviderType;
import org.osgi.framework.Filter;

/**
 * Manages the configurations of the {@link ConfigurableComponent}s. A pid is always a {@code
 * kura.service.pid}. An update is merged into the running configuration: a key left out keeps its
 * value. Nothing checks the values against the definition, and an update of a pid whose service is
 * not registered is ignored without an error.
 */
@ProviderType
public interface ConfigurationService {
  /** The property that identifies an instance, over restarts too. */
  String KURA_SERVICE_PID = "kura.service.pid";

  /** Returns the factory pids of which instances can be created. */
  Set<String> getFactoryComponentPids();

  /**
   * Creates an instance of a factory component.
   *
   * @param factoryPid the factory
   * @param pid the {@code kura.service.pid} of the new instance
   * @param properties values that differ from the defaults; may be null
   * @param takeSnapshot whether to write the configuration to disk
   * @throws KuraException if the pid exists
   */
  void createFactoryConfiguration(
      String factoryPid, String pid, Map<String, Object> properties, boolean takeSnapshot)
      throws KuraException;

  /**
   * Deletes an instance of a factory component; a pid that does not exist is only warned of.
   *
   * @throws KuraException if the deletion fails
   */
  void deleteFactoryConfiguration(String pid, boolean takeSnapshot) throws KuraException;

  /** Returns the pids of all the components that are tracked at present. */
  Set<String> getConfigurableComponentPids();

  List<ComponentConfiguration> getComponentConfigurations() throws KuraException;

  /** Returns the configurations of the services that match the filter. */
  List<ComponentConfiguration> getComponentConfigurations(Filter filter) throws KuraException;

  /** Returns a component's configuration, its secrets decrypted; null if it is not tracked. */
  ComponentConfiguration getComponentConfiguration(String pid) throws KuraException;

  /** Returns a configuration made of the defaults. */
  ComponentConfiguration getDefaultComponentConfiguration(String pid) throws KuraException;

  /** Merges the properties into a configuration and takes a snapshot. */
  void updateConfiguration(String pid, Map<String, Object> properties) throws KuraException;

  void updateConfiguration(String pid, Map<String, Object> properties, boolean takeSnapshot)
      throws KuraException;

  /** Merges each into its configuration and takes a snapshot. */
  void updateConfigurations(List<ComponentConfiguration> configs) throws KuraException;

  void updateConfigurations(List<ComponentConfiguration> configs, boolean takeSnapshot)
      throws KuraException;

  /** Returns the ids of the snapshots on disk: the times when they were taken, in milliseconds. */
  Set<Long> getSnapshots() throws KuraException;

  List<ComponentConfiguration> getSnapshot(long sid) throws KuraException;

  /** Writes the configuration of all components to disk and returns the snapshot's id. */
  long snapshot() throws KuraException;

  /** Goes back to the snapshot before the last and returns its id. */
  long rollback() throws KuraException;

  void rollback(long id) throws KuraException;
}
