/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.testing;

import io.rejoin.azure.iothub.endpoint.IotHubEndpoint;
import io.rejoin.azure.iothub.endpoint.MethodSubscription;
import io.rejoin.azure.iothub.message.DirectMethodAnswer;
import io.rejoin.azure.iothub.message.OutgoingMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.kura.cloudconnection.listener.CloudConnectionListener;
import org.eclipse.kura.cloudconnection.listener.CloudDeliveryListener;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.subscriber.listener.CloudSubscriberListener;

/** An endpoint that keeps what it is given. */
public final class FakeEndpoint implements IotHubEndpoint {
  public final List<OutgoingMessage> published = new ArrayList<>();
  public final List<Integer> priorities = new ArrayList<>();
  public final List<CloudConnectionListener> connectionListeners = new ArrayList<>();
  public final List<CloudDeliveryListener> deliveryListeners = new ArrayList<>();
  public final List<CloudSubscriberListener> subscribers = new ArrayList<>();
  public final List<Map<String, Object>> subscriptions = new ArrayList<>();

  public final List<MethodSubscription> methods = new ArrayList<>();
  public final List<CloudSubscriberListener> desired = new ArrayList<>();
  public final Map<String, DirectMethodAnswer> answers = new HashMap<>();
  public final List<String> reported = new ArrayList<>();

  @Override
  public String publish(OutgoingMessage message, int priority) {
    published.add(message);
    priorities.add(priority);
    return message.messageId();
  }

  @Override
  public String newMessageId() {
    return "id-" + (published.size() + 1);
  }

  @Override
  public String publish(KuraMessage message) {
    throw new UnsupportedOperationException("publishers render their messages themselves");
  }

  @Override
  public void registerSubscriber(
      Map<String, Object> subscription, CloudSubscriberListener listener) {
    subscriptions.add(subscription);
    subscribers.add(listener);
  }

  @Override
  public void unregisterSubscriber(CloudSubscriberListener listener) {
    subscribers.remove(listener);
  }

  @Override
  public void serveMethod(MethodSubscription method, CloudSubscriberListener listener) {
    methods.add(method);
    subscribers.add(listener);
  }

  @Override
  public void answerMethod(String requestId, DirectMethodAnswer answer) {
    answers.put(requestId, answer);
  }

  @Override
  public void subscribeDesiredProperties(CloudSubscriberListener listener) {
    desired.add(listener);
    subscribers.add(listener);
  }

  @Override
  public String report(String patch) {
    reported.add(patch);
    return "report-" + reported.size();
  }

  @Override
  public void registerCloudDeliveryListener(CloudDeliveryListener listener) {
    deliveryListeners.add(listener);
  }

  @Override
  public void unregisterCloudDeliveryListener(CloudDeliveryListener listener) {
    deliveryListeners.remove(listener);
  }

  @Override
  public void registerCloudConnectionListener(CloudConnectionListener listener) {
    connectionListeners.add(listener);
  }

  @Override
  public void unregisterCloudConnectionListener(CloudConnectionListener listener) {
    connectionListeners.remove(listener);
  }

  @Override
  public void connect() {}

  @Override
  public void disconnect() {}

  @Override
  public boolean isConnected() {
    return false;
  }
}
