/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator.hub;

import com.google.gson.JsonObject;
import io.rejoin.azure.emulator.hub.ToDeviceQueue.Locked;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What a hub keeps for a device over its connections: subscriptions of a persistent session, the
 * twin, cloud-to-device messages. Thread-safe.
 */
final class DeviceSession {
  private final String deviceId;
  private final Topics topics;
  private final Set<String> subscriptions = new HashSet<>();
  private final ToDeviceQueue queue = new ToDeviceQueue();
  private Twin twin = new Twin();
  private final Map<String, CompletableFuture<MethodReply>> methods = new HashMap<>();
  private int maxDeliveries = 10;
  private int lastMethod;
  private boolean persistent;
  private @Nullable MqttConnection connection;

  DeviceSession(String deviceId) {
    this.deviceId = deviceId;
    this.topics = new Topics(deviceId);
  }

  String deviceId() {
    return deviceId;
  }

  Topics topics() {
    return topics;
  }

  /** What a new connection finds: whether there is a session, and the connection it displaces. */
  record Attached(boolean sessionPresent, @Nullable MqttConnection displaced) {}

  synchronized Attached attach(MqttConnection newConnection, boolean cleanSession) {
    MqttConnection displaced = connection;
    connection = newConnection;
    queue.connectionLost();
    boolean present = persistent && !cleanSession;
    if (!present) {
      subscriptions.clear();
    }
    persistent = !cleanSession;
    return new Attached(present, displaced);
  }

  /** Whether it was the present connection. */
  synchronized boolean detach(MqttConnection old) {
    if (connection != old) {
      return false;
    }
    connection = null;
    queue.connectionLost();
    if (!persistent) {
      subscriptions.clear();
    }
    return true;
  }

  synchronized Optional<MqttConnection> connection() {
    return Optional.ofNullable(connection);
  }

  synchronized boolean subscribed(String filter) {
    return connection != null && subscriptions.contains(filter);
  }

  /** Whether the filter is one that a hub knows. */
  synchronized boolean subscribe(String filter) {
    if (!topics.filters().contains(filter)) {
      return false;
    }
    subscriptions.add(filter);
    return true;
  }

  synchronized void unsubscribe(String filter) {
    subscriptions.remove(filter);
  }

  synchronized void maxDeliveries(int most) {
    maxDeliveries = most;
  }

  synchronized CompletableFuture<Feedback> enqueue(ToDeviceMessage message) {
    if (queue.size() >= ToDeviceQueue.CAPACITY) {
      throw new HubException(HubError.QUEUE_DEPTH_EXCEEDED, deviceId + " has 50 messages waiting");
    }
    CompletableFuture<Feedback> feedback = queue.add(message);
    deliver();
    return feedback;
  }

  /** Sends what waits, when the device is there and listens. */
  synchronized void deliver() {
    if (connection == null || !subscriptions.contains(topics.toDeviceFilter())) {
      return;
    }
    MqttConnection receiver = connection;
    for (var next = queue.next(maxDeliveries); next.isPresent(); next = queue.next(maxDeliveries)) {
      receiver.sendToDevice(next.get());
    }
  }

  synchronized boolean confirm(int packetId) {
    return queue.confirm(packetId);
  }

  synchronized Optional<Locked> lock() {
    return queue.lock(maxDeliveries);
  }

  synchronized boolean unlock(String token, Feedback feedback) {
    return queue.unlock(token, feedback);
  }

  synchronized int messagesWaiting() {
    return queue.size();
  }

  void adoptTwin(DeviceSession other) {
    Twin adopted = other.copyOfTwin();
    synchronized (this) {
      twin = adopted;
    }
  }

  private synchronized Twin copyOfTwin() {
    return twin.copy();
  }

  synchronized JsonObject twinDocument() {
    return twin.document();
  }

  synchronized JsonObject reported() {
    return twin.reported();
  }

  synchronized long patchReported(JsonObject patch) {
    return twin.patchReported(patch);
  }

  synchronized void patchDesired(JsonObject patch) {
    JsonObject pushed = twin.patchDesired(patch);
    if (connection != null && subscriptions.contains(Topics.DESIRED_FILTER)) {
      connection.send(Topics.desired(twin.desiredVersion()), pushed.toString());
    }
  }

  synchronized CompletableFuture<MethodReply> invoke(String method, String payload) {
    if (connection == null || !subscriptions.contains(Topics.METHODS_FILTER)) {
      throw new HubException(HubError.DEVICE_NOT_ONLINE, deviceId + " is not listening");
    }
    String requestId = Integer.toHexString(++lastMethod);
    CompletableFuture<MethodReply> reply = new CompletableFuture<>();
    methods.put(requestId, reply);
    connection.send(Topics.method(method, requestId), payload);
    return reply;
  }

  synchronized void methodReply(String requestId, MethodReply reply) {
    CompletableFuture<MethodReply> waiting = methods.remove(requestId);
    if (waiting != null) {
      waiting.complete(reply);
    }
  }
}
