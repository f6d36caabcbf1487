/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.testing;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.ConfigurationService;
import org.eclipse.kura.system.SystemService;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * As much of Kura's configuration as a connection factory uses, with the traps measured on Kura
 * 5.6.0: a pid that exists cannot be created, a configuration whose component never came up cannot
 * be deleted or updated through the service, an update is merged.
 */
public final class FakeKura {
  /** Properties by {@code kura.service.pid}. */
  public final Map<String, Map<String, Object>> configured = new TreeMap<>();

  public final Set<String> factories = new HashSet<>();
  public final Set<String> untracked = new HashSet<>();
  public final List<String> created = new ArrayList<>();
  public int snapshots;

  /** The creation of this pid fails. */
  public String failing = "";

  public ConfigurationService service() {
    return proxy(
        ConfigurationService.class,
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "getFactoryComponentPids" -> Set.copyOf(factories);
              case "createFactoryConfiguration" -> create(arguments);
              case "updateConfiguration" -> update(arguments);
              case "deleteFactoryConfiguration" -> delete((String) arguments[0]);
              case "snapshot" -> (long) ++snapshots;
              default -> throw new UnsupportedOperationException(method.getName());
            });
  }

  public ConfigurationAdmin admin() {
    return proxy(
        ConfigurationAdmin.class,
        (proxy, method, arguments) -> {
          if (!method.getName().equals("listConfigurations")) {
            throw new UnsupportedOperationException(method.getName());
          }
          return list((String) arguments[0]);
        });
  }

  public static SystemService system(String dataDirectory) {
    return proxy(
        SystemService.class,
        (proxy, method, arguments) -> {
          if (!method.getName().equals("getKuraDataDirectory")) {
            throw new UnsupportedOperationException(method.getName());
          }
          return dataDirectory;
        });
  }

  /** A configuration that is just there. */
  public void configure(String factoryPid, String pid, Map<String, Object> properties) {
    Map<String, Object> all = new HashMap<>(properties);
    all.put("service.factoryPid", factoryPid);
    all.put("kura.service.pid", pid);
    configured.put(pid, all);
  }

  @SuppressWarnings("unchecked")
  private Object create(Object[] arguments) throws KuraException {
    String pid = (String) arguments[1];
    if (configured.containsKey(pid)) {
      throw new KuraException(KuraErrorCode.INVALID_PARAMETER, "pid " + pid + " already exists");
    }
    if (pid.equals(failing)) {
      throw KuraException.internalError("made to fail");
    }
    configure((String) arguments[0], pid, (Map<String, Object>) arguments[2]);
    created.add(pid);
    return null;
  }

  @SuppressWarnings("unchecked")
  private Object update(Object[] arguments) {
    String pid = (String) arguments[0];
    if (!untracked.contains(pid)) {
      configured.get(pid).putAll((Map<String, Object>) arguments[1]);
    }
    return null;
  }

  private Object delete(String pid) throws KuraException {
    if (untracked.contains(pid) || configured.remove(pid) == null) {
      throw new KuraException(KuraErrorCode.INVALID_PARAMETER, pid);
    }
    return null;
  }

  private Configuration[] list(String filter) throws InvalidSyntaxException {
    Configuration[] found =
        configured.values().stream()
            .map(FakeKura::dictionary)
            .filter(filter == null ? all -> true : FrameworkUtil.createFilter(filter)::match)
            .map(this::configuration)
            .toArray(Configuration[]::new);
    return found.length == 0 ? null : found;
  }

  private Configuration configuration(Dictionary<String, Object> properties) {
    return proxy(
        Configuration.class,
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "getProperties" -> properties;
              case "getFactoryPid" -> properties.get("service.factoryPid");
              case "delete" -> configured.remove((String) properties.get("kura.service.pid"));
              default -> throw new UnsupportedOperationException(method.getName());
            });
  }

  private static Dictionary<String, Object> dictionary(Map<String, Object> properties) {
    return new Hashtable<>(properties);
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) ->
                handler.invoke(
                    proxy,
                    method,
                    arguments == null
                        ? new Object[0]
                        : Arrays.copyOf(arguments, arguments.length))));
  }
}
