/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.testing;

import java.lang.reflect.Proxy;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Filter;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.ServiceReference;

/** As much of a service registry as a service tracker uses. */
public final class FakeRegistry {
  private record Listening(ServiceListener listener, String filter) {}

  private final Map<ServiceReference<?>, Object> services = new LinkedHashMap<>();
  private final List<Listening> listeners = new CopyOnWriteArrayList<>();
  private int inUse;

  public void register(Class<?> type, Object service, String kuraServicePid) {
    Dictionary<String, Object> properties = new Hashtable<>();
    properties.put("objectClass", new String[] {type.getName()});
    properties.put("kura.service.pid", kuraServicePid);
    ServiceReference<?> reference = reference(properties);
    services.put(reference, service);
    tell(ServiceEvent.REGISTERED, reference);
  }

  public void unregister(Object service) {
    ServiceReference<?> reference =
        services.keySet().stream().filter(r -> services.get(r) == service).findFirst().get();
    tell(ServiceEvent.UNREGISTERING, reference);
    services.remove(reference);
  }

  public int listeners() {
    return listeners.size();
  }

  public int inUse() {
    return inUse;
  }

  public BundleContext context() {
    return (BundleContext)
        Proxy.newProxyInstance(
            BundleContext.class.getClassLoader(),
            new Class<?>[] {BundleContext.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "createFilter" -> FrameworkUtil.createFilter((String) arguments[0]);
                  case "addServiceListener" ->
                      listeners.add(
                          new Listening((ServiceListener) arguments[0], (String) arguments[1]));
                  case "removeServiceListener" ->
                      listeners.removeIf(l -> l.listener() == arguments[0]);
                  case "getServiceReferences" -> find((String) arguments[1]);
                  case "getService" -> {
                    inUse++;
                    yield services.get(arguments[0]);
                  }
                  case "ungetService" -> --inUse >= 0;
                  case "hashCode" -> System.identityHashCode(proxy);
                  case "equals" -> proxy == arguments[0];
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private ServiceReference<?>[] find(String filter) throws InvalidSyntaxException {
    Filter matching = FrameworkUtil.createFilter(filter);
    return services.keySet().stream().filter(matching::match).toArray(ServiceReference<?>[]::new);
  }

  private void tell(int type, ServiceReference<?> reference) {
    for (Listening listening : listeners) {
      try {
        if (FrameworkUtil.createFilter(listening.filter()).match(reference)) {
          listening.listener().serviceChanged(new ServiceEvent(type, reference));
        }
      } catch (InvalidSyntaxException e) {
        throw new AssertionError(e);
      }
    }
  }

  private static ServiceReference<?> reference(Dictionary<String, Object> properties) {
    return (ServiceReference<?>)
        Proxy.newProxyInstance(
            ServiceReference.class.getClassLoader(),
            new Class<?>[] {ServiceReference.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getProperty" -> properties.get(key(properties, (String) arguments[0]));
                  case "getPropertyKeys" ->
                      java.util.Collections.list(properties.keys()).toArray(String[]::new);
                  case "hashCode" -> System.identityHashCode(proxy);
                  case "equals" -> proxy == arguments[0];
                  case "compareTo" -> 0;
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private static String key(Dictionary<String, Object> properties, String name) {
    return java.util.Collections.list(properties.keys()).stream()
        .filter(name::equalsIgnoreCase)
        .findFirst()
        .orElse(name);
  }
}
