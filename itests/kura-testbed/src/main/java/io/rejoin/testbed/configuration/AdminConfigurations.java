/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.testbed.configuration;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.ConfigurationService;
import org.eclipse.kura.configuration.metatype.OCD;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** ConfigurationAdmin in Kura's terms. */
final class AdminConfigurations {
  private static final String ANY_BUNDLE = "?";

  private final ConfigurationAdmin admin;

  AdminConfigurations(ConfigurationAdmin admin) {
    this.admin = admin;
  }

  Map<String, Object> read(String servicePid, @Nullable OCD definition) throws KuraException {
    return ConfigurationValues.toMap(configuration(servicePid).getProperties(), definition);
  }

  /** Replaces the configuration; whoever is configured is called even if nothing changed. */
  void write(String servicePid, Map<String, Object> values) throws KuraException {
    try {
      configuration(servicePid).update(ConfigurationValues.toDictionary(values));
    } catch (IOException e) {
      throw new KuraException(KuraErrorCode.CONFIGURATION_UPDATE, e, servicePid);
    }
  }

  /** Creates an instance without values and returns the pid that ConfigurationAdmin gave it. */
  String create(String factoryPid) throws KuraException {
    try {
      return admin.createFactoryConfiguration(factoryPid, ANY_BUNDLE).getPid();
    } catch (IOException e) {
      throw new KuraException(
          KuraErrorCode.CONFIGURATION_ERROR, e, "cannot create an instance of " + factoryPid);
    }
  }

  /** Whether there is an instance of a factory with that {@code kura.service.pid}. */
  boolean contains(String pid) throws KuraException {
    try {
      return find(pid).isPresent();
    } catch (IOException | InvalidSyntaxException e) {
      throw new KuraException(KuraErrorCode.CONFIGURATION_ERROR, e, pid);
    }
  }

  /** Deletes the instance of a factory with that {@code kura.service.pid}; false if none has it. */
  boolean delete(String pid) throws KuraException {
    try {
      Optional<Configuration> found = find(pid);
      if (found.isPresent()) {
        found.get().delete();
      }
      return found.isPresent();
    } catch (IOException | InvalidSyntaxException e) {
      throw new KuraException(KuraErrorCode.CONFIGURATION_ERROR, e, "cannot delete " + pid);
    }
  }

  private Optional<Configuration> find(String pid) throws IOException, InvalidSyntaxException {
    Configuration[] all = admin.listConfigurations(null);
    return all == null
        ? Optional.empty()
        : Arrays.stream(all)
            .filter(configuration -> configuration.getFactoryPid() != null)
            .filter(
                configuration ->
                    pid.equals(
                        configuration.getProperties().get(ConfigurationService.KURA_SERVICE_PID)))
            .findFirst();
  }

  private Configuration configuration(String servicePid) throws KuraException {
    try {
      return admin.getConfiguration(servicePid, ANY_BUNDLE);
    } catch (IOException e) {
      throw new KuraException(KuraErrorCode.CONFIGURATION_ERROR, e, servicePid);
    }
  }
}
