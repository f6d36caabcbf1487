/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.subscriber;

import io.rejoin.azure.iothub.endpoint.EndpointTracker;
import io.rejoin.azure.iothub.endpoint.IotHubEndpoint;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Consumer;
import org.eclipse.kura.cloudconnection.listener.CloudConnectionListener;
import org.eclipse.kura.cloudconnection.subscriber.CloudSubscriber;
import org.eclipse.kura.cloudconnection.subscriber.listener.CloudSubscriberListener;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A subscriber of an IoT Hub connection. Its descriptor is of DS 1.2 for the reason that the
 * publisher's is.
 */
@Component(
    name = CloudSubscriberComponent.PID,
    xmlns = "http://www.osgi.org/xmlns/scr/v1.2.0",
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    service = {CloudSubscriber.class, ConfigurableComponent.class},
    property = {
      "service.pid=" + CloudSubscriberComponent.PID,
      "cloud.connection.factory.pid=" + IotHubEndpoint.PID,
      "kura.ui.service.hide:Boolean=true",
      "kura.ui.factory.hide=true",
      "kura.ui.csf.pid.default=" + CloudSubscriberComponent.PID,
      "kura.ui.csf.pid.regex=^[a-zA-Z0-9.\\-_]+$"
    })
@Designate(ocd = CloudSubscriberOcd.class, factory = true)
public final class CloudSubscriberComponent implements CloudSubscriber, ConfigurableComponent {
  static final String PID = "io.rejoin.azure.iothub.CloudSubscriber";

  private static final Logger logger = LoggerFactory.getLogger(CloudSubscriberComponent.class);

  /** Each listener and what the endpoint knows it by: it may listen to another subscriber too. */
  private final Map<CloudSubscriberListener, CloudSubscriberListener> subscribers =
      new ConcurrentHashMap<>();

  private final Set<CloudConnectionListener> connectionListeners = new CopyOnWriteArraySet<>();
  private volatile SubscriberOptions options = SubscriberOptions.read(Map.of());
  private volatile @Nullable EndpointTracker tracker;
  private String pid = PID;

  @Activate
  void activate(BundleContext context, Map<String, Object> properties) {
    pid = String.valueOf(properties.getOrDefault("kura.service.pid", PID));
    options = SubscriberOptions.read(properties);
    warn(options.problems(), "its default is used instead");
    EndpointTracker opened = new EndpointTracker(context, this::arrived, this::left);
    tracker = opened;
    opened.follow(options.endpointPid());
  }

  @Modified
  void modified(Map<String, Object> properties) {
    SubscriberOptions changed = SubscriberOptions.read(properties);
    if (!changed.problems().isEmpty()) {
      warn(changed.problems(), "the last good configuration stays");
    } else if (!changed.sameSubscription(options)) {
      withEndpoint(endpoint -> subscribers.values().forEach(endpoint::unregisterSubscriber));
      options = changed;
      withEndpoint(endpoint -> subscribers.values().forEach(s -> changed.subscribe(endpoint, s)));
    }
    EndpointTracker current = tracker;
    if (current != null) {
      current.follow(changed.endpointPid());
    }
  }

  @Deactivate
  void deactivate() {
    EndpointTracker current = tracker;
    if (current != null) {
      current.close();
    }
  }

  private void warn(List<String> problems, String consequence) {
    problems.forEach(line -> logger.warn("{}: {}; {}", pid, line, consequence));
  }

  private void arrived(IotHubEndpoint endpoint) {
    connectionListeners.forEach(endpoint::registerCloudConnectionListener);
    SubscriberOptions now = options;
    subscribers.values().forEach(subscriber -> now.subscribe(endpoint, subscriber));
  }

  private void left(IotHubEndpoint endpoint) {
    connectionListeners.forEach(endpoint::unregisterCloudConnectionListener);
    subscribers.values().forEach(endpoint::unregisterSubscriber);
  }

  private void withEndpoint(Consumer<IotHubEndpoint> action) {
    EndpointTracker current = tracker;
    IotHubEndpoint endpoint = current == null ? null : current.endpoint();
    if (endpoint != null) {
      action.accept(endpoint);
    }
  }

  @Override
  public void registerCloudSubscriberListener(CloudSubscriberListener listener) {
    CloudSubscriberListener relay = listener::onMessageArrived;
    if (subscribers.putIfAbsent(listener, relay) == null) {
      SubscriberOptions now = options;
      withEndpoint(endpoint -> now.subscribe(endpoint, relay));
    }
  }

  @Override
  public void unregisterCloudSubscriberListener(CloudSubscriberListener listener) {
    CloudSubscriberListener relay = subscribers.remove(listener);
    if (relay != null) {
      withEndpoint(endpoint -> endpoint.unregisterSubscriber(relay));
    }
  }

  @Override
  public void registerCloudConnectionListener(CloudConnectionListener listener) {
    connectionListeners.add(listener);
    withEndpoint(endpoint -> endpoint.registerCloudConnectionListener(listener));
  }

  @Override
  public void unregisterCloudConnectionListener(CloudConnectionListener listener) {
    connectionListeners.remove(listener);
    withEndpoint(endpoint -> endpoint.unregisterCloudConnectionListener(listener));
  }
}
