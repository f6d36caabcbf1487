/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.endpoint;

import io.rejoin.azure.iothub.connection.HubConnectionListener;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Consumer;
import org.eclipse.kura.cloud.CloudConnectionEstablishedEvent;
import org.eclipse.kura.cloud.CloudConnectionLostEvent;
import org.eclipse.kura.cloudconnection.listener.CloudConnectionListener;
import org.osgi.service.event.Event;

/** Passes sessions on to Kura's listeners and events, on the listeners' thread. */
final class ConnectionNews implements HubConnectionListener {
  /** Kura's property of the connection events. */
  private static final String CLOUD_SERVICE_PID = "cloud.service.pid";

  private final Map<String, Object> eventProperties;
  private final Consumer<Runnable> later;
  private final Runnable changed;
  private final Consumer<Event> events;
  private final Set<CloudConnectionListener> listeners = new CopyOnWriteArraySet<>();

  /** Of the listeners' thread alone. */
  private boolean connected;

  /**
   * Starts unconnected.
   *
   * @param pid the endpoint's
   * @param later the listeners' thread
   * @param changed told first, on that thread
   */
  ConnectionNews(String pid, Consumer<Runnable> later, Runnable changed, Consumer<Event> events) {
    this.eventProperties = Map.of(CLOUD_SERVICE_PID, pid);
    this.later = later;
    this.changed = changed;
    this.events = events;
  }

  void add(CloudConnectionListener listener) {
    listeners.add(listener);
  }

  void remove(CloudConnectionListener listener) {
    listeners.remove(listener);
  }

  @Override
  public void up(long session) {
    later.accept(this::established);
  }

  @Override
  public void draining(long session) {
    // Still connected.
  }

  @Override
  public void down(long session, boolean onPurpose) {
    later.accept(() -> ended(onPurpose));
  }

  private void established() {
    if (!connected) {
      connected = true;
      changed.run();
      events.accept(new CloudConnectionEstablishedEvent(eventProperties));
      listeners.forEach(listener -> later.accept(listener::onConnectionEstablished));
    }
  }

  private void ended(boolean onPurpose) {
    if (connected) {
      connected = false;
      changed.run();
      events.accept(new CloudConnectionLostEvent(eventProperties));
      listeners.forEach(
          listener ->
              later.accept(onPurpose ? listener::onDisconnected : listener::onConnectionLost));
    }
  }
}
