/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.factory;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Enumeration;
import java.util.List;
import java.util.Objects;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.ConfigurationService;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * What is configured, whether or not it works: a broken component has a configuration and no
 * service, so the service registry would not show it.
 */
final class Configurations {
  private static final String TARGET = ".target";

  private final ConfigurationAdmin admin;

  Configurations(ConfigurationAdmin admin) {
    this.admin = admin;
  }

  /** The configuration with this {@code kura.service.pid}, null when there is none. */
  @Nullable Configuration find(String pid) throws KuraException {
    return list("(" + ConfigurationService.KURA_SERVICE_PID + "=" + pid + ")").stream()
        .findFirst()
        .orElse(null);
  }

  boolean exists(String pid) throws KuraException {
    return find(pid) != null;
  }

  /** The {@code kura.service.pid}s of all instances of a factory. */
  List<String> instances(String factoryPid) throws KuraException {
    return list("(" + ConfigurationAdmin.SERVICE_FACTORYPID + "=" + factoryPid + ")").stream()
        .map(Configurations::pid)
        .filter(Objects::nonNull)
        .toList();
  }

  /** The pid that a reference of a component is set to; null when it is set to nobody. */
  @Nullable String target(String pid, String reference) throws KuraException {
    Configuration configuration = find(pid);
    Object filter = configuration == null ? null : property(configuration, reference + TARGET);
    String start = "(" + ConfigurationService.KURA_SERVICE_PID + "=";
    return filter instanceof String text && text.startsWith(start) && text.endsWith(")")
        ? text.substring(start.length(), text.length() - 1)
        : null;
  }

  /** The components other than these that have a reference set to this pid. */
  List<String> usersOf(String pid, List<String> except) throws KuraException {
    List<String> users = new ArrayList<>();
    for (Configuration configuration : list(null)) {
      String user = pid(configuration);
      if (user != null && !except.contains(user) && refersTo(configuration, pid)) {
        users.add(user);
      }
    }
    return users;
  }

  private static boolean refersTo(Configuration configuration, String pid) {
    Dictionary<String, Object> properties = configuration.getProperties();
    String filter = "(" + ConfigurationService.KURA_SERVICE_PID + "=" + pid + ")";
    for (Enumeration<String> keys = properties.keys(); keys.hasMoreElements(); ) {
      String key = keys.nextElement();
      if (key.endsWith(TARGET) && filter.equals(properties.get(key))) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable String pid(Configuration configuration) {
    Object pid = property(configuration, ConfigurationService.KURA_SERVICE_PID);
    return pid instanceof String text ? text : null;
  }

  private static @Nullable Object property(Configuration configuration, String key) {
    Dictionary<String, Object> properties = configuration.getProperties();
    return properties == null ? null : properties.get(key);
  }

  private List<Configuration> list(@Nullable String filter) throws KuraException {
    try {
      Configuration[] found = admin.listConfigurations(filter);
      return found == null ? List.of() : List.of(found);
    } catch (IOException | InvalidSyntaxException e) {
      throw new KuraException(KuraErrorCode.INTERNAL_ERROR, e, "the configurations cannot be read");
    }
  }
}
