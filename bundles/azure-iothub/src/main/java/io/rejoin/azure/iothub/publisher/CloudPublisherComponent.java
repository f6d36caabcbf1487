/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.publisher;

import io.rejoin.azure.iothub.endpoint.EndpointTracker;
import io.rejoin.azure.iothub.endpoint.IotHubEndpoint;
import io.rejoin.azure.iothub.payload.JsonPayloads;
import io.rejoin.azure.iothub.payload.MessageTemplate;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloud.CloudPayloadProtoBufEncoder;
import org.eclipse.kura.cloudconnection.listener.CloudConnectionListener;
import org.eclipse.kura.cloudconnection.listener.CloudDeliveryListener;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.publisher.CloudPublisher;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A publisher of an IoT Hub connection. Its descriptor is of DS 1.2, since Kura offers only
 * publishers that declare {@code service.pid}, and takes a declared one only from a descriptor
 * older than DS 1.3.
 */
@Component(
    name = CloudPublisherComponent.PID,
    xmlns = "http://www.osgi.org/xmlns/scr/v1.2.0",
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    service = {CloudPublisher.class, ConfigurableComponent.class},
    property = {
      "service.pid=" + CloudPublisherComponent.PID,
      "cloud.connection.factory.pid=" + IotHubEndpoint.PID,
      "kura.ui.service.hide:Boolean=true",
      "kura.ui.factory.hide=true",
      "kura.ui.csf.pid.default=" + CloudPublisherComponent.PID,
      "kura.ui.csf.pid.regex=^[a-zA-Z0-9.\\-_]+$"
    })
@Designate(ocd = CloudPublisherOcd.class, factory = true)
public final class CloudPublisherComponent implements CloudPublisher, ConfigurableComponent {
  static final String PID = "io.rejoin.azure.iothub.CloudPublisher";

  private static final Logger logger = LoggerFactory.getLogger(CloudPublisherComponent.class);

  private final Set<CloudConnectionListener> connectionListeners = new CopyOnWriteArraySet<>();

  /** Each listener and what the endpoint knows it by: it may listen to another publisher too. */
  private final Map<CloudDeliveryListener, CloudDeliveryListener> deliveryListeners =
      new ConcurrentHashMap<>();

  private volatile @Nullable CloudPayloadProtoBufEncoder protobuf;
  private volatile PublisherOptions options = PublisherOptions.read(Map.of());
  private volatile @Nullable EndpointTracker tracker;
  private String pid = PID;

  @Activate
  void activate(BundleContext context, Map<String, Object> properties) {
    pid = String.valueOf(properties.getOrDefault("kura.service.pid", PID));
    options = PublisherOptions.read(properties);
    warn(options, "its default is used instead");
    EndpointTracker opened = new EndpointTracker(context, this::arrived, this::left);
    tracker = opened;
    opened.follow(options.endpointPid());
  }

  @Modified
  void modified(Map<String, Object> properties) {
    PublisherOptions read = PublisherOptions.read(properties);
    EndpointTracker current = tracker;
    if (current != null) {
      current.follow(read.endpointPid());
    }
    if (read.problems().isEmpty()) {
      options = read;
    } else {
      warn(read, "the last good configuration stays");
    }
  }

  @Deactivate
  void deactivate() {
    EndpointTracker current = tracker;
    if (current != null) {
      current.close();
    }
  }

  private void warn(PublisherOptions read, String consequence) {
    read.problems().forEach(line -> logger.warn("{}: {}; {}", pid, line, consequence));
  }

  @Reference(
      name = "CloudPayloadProtoBufEncoder",
      service = CloudPayloadProtoBufEncoder.class,
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      unbind = "unbindProtobuf")
  void bindProtobuf(CloudPayloadProtoBufEncoder bound) {
    protobuf = bound;
  }

  void unbindProtobuf(CloudPayloadProtoBufEncoder unbound) {
    if (protobuf == unbound) {
      protobuf = null;
    }
  }

  private void arrived(IotHubEndpoint endpoint) {
    connectionListeners.forEach(endpoint::registerCloudConnectionListener);
    deliveryListeners.values().forEach(endpoint::registerCloudDeliveryListener);
  }

  private void left(IotHubEndpoint endpoint) {
    connectionListeners.forEach(endpoint::unregisterCloudConnectionListener);
    deliveryListeners.values().forEach(endpoint::unregisterCloudDeliveryListener);
  }

  private Optional<IotHubEndpoint> endpoint() {
    EndpointTracker current = tracker;
    return Optional.ofNullable(current == null ? null : current.endpoint());
  }

  @Override
  public @Nullable String publish(KuraMessage message) throws KuraException {
    IotHubEndpoint endpoint = endpoint().orElse(null);
    PublisherOptions now = options;
    if (endpoint == null) {
      throw new KuraException(
          KuraErrorCode.SERVICE_UNAVAILABLE,
          null,
          "the cloud endpoint " + now.endpointPid() + " is not there");
    }
    return switch (now.destination()) {
      case TELEMETRY -> send(endpoint, now.template(), message);
      case REPORTED_PROPERTIES ->
          endpoint.report(JsonPayloads.toJson(message.getPayload(), Set.of()));
      case METHOD_ANSWER -> {
        endpoint.answerMethod(MethodAnswers.requestId(message), MethodAnswers.answer(message));
        yield null;
      }
    };
  }

  private @Nullable String send(
      IotHubEndpoint endpoint, MessageTemplate template, KuraMessage message) throws KuraException {
    return endpoint.publish(
        template.fill(message, endpoint.newMessageId(), protobuf, System.currentTimeMillis()),
        template.priority());
  }

  @Override
  public void registerCloudConnectionListener(CloudConnectionListener listener) {
    connectionListeners.add(listener);
    endpoint().ifPresent(endpoint -> endpoint.registerCloudConnectionListener(listener));
  }

  @Override
  public void unregisterCloudConnectionListener(CloudConnectionListener listener) {
    connectionListeners.remove(listener);
    endpoint().ifPresent(endpoint -> endpoint.unregisterCloudConnectionListener(listener));
  }

  @Override
  public void registerCloudDeliveryListener(CloudDeliveryListener listener) {
    CloudDeliveryListener relay = listener::onMessageConfirmed;
    if (deliveryListeners.putIfAbsent(listener, relay) == null) {
      endpoint().ifPresent(endpoint -> endpoint.registerCloudDeliveryListener(relay));
    }
  }

  @Override
  public void unregisterCloudDeliveryListener(CloudDeliveryListener listener) {
    CloudDeliveryListener relay = deliveryListeners.remove(listener);
    if (relay != null) {
      endpoint().ifPresent(endpoint -> endpoint.unregisterCloudDeliveryListener(relay));
    }
  }
}
