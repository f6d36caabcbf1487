/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.itests;

import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventConstants;
import org.osgi.service.event.EventHandler;

/** The states that a connection goes through, by the events that it sends. */
final class States implements EventHandler, AutoCloseable {

  private final List<String> states = new CopyOnWriteArrayList<>();
  private final ServiceRegistration<EventHandler> registration;

  private States(BundleContext context, String connection) {
    Dictionary<String, Object> properties =
        new Hashtable<>(
            Map.of(
                EventConstants.EVENT_TOPIC,
                "io/rejoin/azure/iothub/connection/STATE_CHANGED",
                EventConstants.EVENT_FILTER,
                Gateway.target(connection)));
    registration = context.registerService(EventHandler.class, this, properties);
  }

  static States of(Gateway gateway, Stack stack) {
    return new States(gateway.context(), stack.connection());
  }

  @Override
  public void handleEvent(Event event) {
    states.add(String.valueOf(event.getProperty("state")));
  }

  /** How often the state was entered. */
  long entered(String state) {
    return states.stream().filter(state::equals).count();
  }

  void await(String state, long times) throws Exception {
    Await.until(() -> times + " x " + state + " among " + states, () -> entered(state) >= times);
  }

  @Override
  public void close() {
    registration.unregister();
  }
}
