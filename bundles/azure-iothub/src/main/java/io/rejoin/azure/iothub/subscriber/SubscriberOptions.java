/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.subscriber;

import io.rejoin.azure.iothub.config.Attributes;
import io.rejoin.azure.iothub.config.Lines;
import io.rejoin.azure.iothub.endpoint.IotHubEndpoint;
import io.rejoin.azure.iothub.endpoint.MethodSubscription;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eclipse.kura.cloudconnection.CloudConnectionConstants;
import org.eclipse.kura.cloudconnection.subscriber.listener.CloudSubscriberListener;

/**
 * A subscriber's settings, read from its properties.
 *
 * @param endpointPid the endpoint it belongs to, empty when none is set
 * @param wanted what it gets
 * @param filter the properties that a cloud-to-device message must have
 * @param method the direct method that it serves
 * @param problems one line for each setting that cannot be used
 */
record SubscriberOptions(
    String endpointPid,
    Wanted wanted,
    Map<String, String> filter,
    MethodSubscription method,
    List<String> problems) {

  static SubscriberOptions read(Map<String, Object> properties) {
    Attributes attributes = new Attributes(properties);
    String endpointPid =
        attributes.text(CloudConnectionConstants.CLOUD_ENDPOINT_SERVICE_PID_PROP_NAME.value());
    Wanted wanted = attributes.choice("wanted", Wanted.MESSAGES);
    Map<String, String> filter = Lines.read(attributes, "message.properties");
    MethodSubscription method =
        new MethodSubscription(
            attributes.text("method.name"),
            attributes.flag("method.answered.by.publisher", false),
            Duration.ofSeconds(attributes.number("method.answer.seconds", 25, 1, 300)));
    return new SubscriberOptions(endpointPid, wanted, filter, method, attributes.problems());
  }

  /** Whether both want the same of an endpoint. */
  boolean sameSubscription(SubscriberOptions other) {
    return wanted == other.wanted && filter.equals(other.filter) && method.equals(other.method);
  }

  void subscribe(IotHubEndpoint endpoint, CloudSubscriberListener listener) {
    switch (wanted) {
      case MESSAGES -> endpoint.registerSubscriber(Map.copyOf(filter), listener);
      case DIRECT_METHOD -> endpoint.serveMethod(method, listener);
      case DESIRED_PROPERTIES -> endpoint.subscribeDesiredProperties(listener);
    }
  }
}
