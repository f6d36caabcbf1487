/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.configuration.Password;
import org.eclipse.kura.configuration.metatype.AD;
import org.eclipse.kura.configuration.metatype.Option;
import org.junit.Test;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.ServiceReference;

/** A service that others hold is never unregistered because its configuration changes. */
public class ChangedConfigurationIT extends FrameworkTest {

  @Test
  public void shouldKeepEachServiceThroughAChangeOfEachOfItsSettings() throws Exception {
    gateway.startAll();
    Stack stack = new Stack(gateway, "changes").create().awaitConnected();
    List<String> pids =
        List.of(
            stack.publisher(),
            stack.endpoint(),
            stack.connection(),
            stack.provisioner(),
            stack.policy());
    Map<String, Object> before = services(pids);
    Queue<String> gone = new ConcurrentLinkedQueue<>();
    ServiceListener watch = event -> note(event, pids, gone);
    gateway.context().addServiceListener(watch);

    int changes = 0;
    for (String pid : pids) {
      ComponentConfiguration configuration =
          gateway.configurations().getComponentConfiguration(pid);
      for (AD setting : configuration.getDefinition().getAD()) {
        change(pid, setting, configuration.getConfigurationProperties().get(setting.getId()));
        changes++;
      }
    }

    gateway.context().removeServiceListener(watch);
    assertTrue("few settings were found: " + changes, changes > 60);
    assertEquals(List.of(), List.copyOf(gone));
    services(pids).forEach((pid, service) -> assertSame(pid, before.get(pid), service));
    stack.awaitReceived(gateway.azure().hubA(), Set.of(stack.publish("after all changes")));
    stack.delete();
  }

  private Map<String, Object> services(List<String> pids) throws Exception {
    Map<String, Object> services = new HashMap<>();
    for (String pid : pids) {
      services.put(pid, gateway.service(ConfigurableComponent.class, pid));
    }
    return services;
  }

  private static void note(ServiceEvent event, List<String> pids, Queue<String> gone) {
    Object pid = event.getServiceReference().getProperty("kura.service.pid");
    if (event.getType() == ServiceEvent.UNREGISTERING && pids.contains(pid)) {
      gone.add(pid.toString());
    }
  }

  /** To another value, to what is no value at all, and back; each has arrived when it returns. */
  private void change(String pid, AD setting, Object value) throws Exception {
    set(pid, setting.getId(), another(setting, value));
    set(pid, setting.getId(), rubbish(setting));
    set(pid, setting.getId(), value);
  }

  private void set(String pid, String id, Object value) throws Exception {
    Object before = property(pid, id);
    Map<String, Object> change = new HashMap<>();
    change.put(id, value);
    gateway.update(pid, change);
    if (value instanceof Password) {
      // Kura encrypts it, each time differently.
      Await.until(pid + " " + id, () -> !Objects.equals(before, property(pid, id)));
    } else {
      Await.until(pid + " " + id, () -> Objects.equals(value, property(pid, id)));
    }
  }

  private Object property(String pid, String id) {
    ServiceReference<?> service = gateway.reference(ConfigurableComponent.class, pid);
    return service == null ? null : service.getProperty(id);
  }

  private static Object another(AD setting, Object value) {
    if (!setting.getOption().isEmpty()) {
      return setting.getOption().stream()
          .map(Option::getValue)
          .filter(option -> !option.equals(value))
          .findFirst()
          .orElseThrow();
    }
    return switch (setting.getType()) {
      case BOOLEAN -> !Boolean.TRUE.equals(value);
      case INTEGER -> number(setting, value).intValue();
      case LONG -> number(setting, value).longValue();
      case DOUBLE -> number(setting, value).doubleValue();
      case PASSWORD -> new Password("another".toCharArray());
      default -> setting.getId().endsWith(".target") ? Gateway.target("Nobody") : "another";
    };
  }

  private static Number number(AD setting, Object value) {
    double least = setting.getMin() == null ? 0 : Double.parseDouble(setting.getMin());
    boolean taken = value instanceof Number present && present.doubleValue() == least;
    return taken ? least + 1 : least;
  }

  /** Nothing but the console checks a value before it arrives. */
  private static Object rubbish(AD setting) {
    if (setting.getId().endsWith(".target")) {
      return Gateway.target("changeme");
    }
    return setting.getType().name().equals("PASSWORD")
        ? new Password("rubbish".toCharArray())
        : "rubbish";
  }
}
