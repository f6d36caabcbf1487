/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.testing;

import com.google.gson.JsonObject;
import io.rejoin.azure.iothub.connection.HubClient;
import io.rejoin.azure.iothub.connection.HubConnection;
import io.rejoin.azure.iothub.connection.HubConnectionListener;
import io.rejoin.azure.iothub.message.Delivery;
import io.rejoin.azure.iothub.message.OutgoingMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.BiConsumer;

/**
 * A connection that a test opens and closes. Answers as {@link HubConnection} promises: each
 * delivery once, those left over before {@code down}, those of an old session at once.
 */
public final class FakeHubConnection implements HubConnection {
  public final Set<HubConnectionListener> listeners = new CopyOnWriteArraySet<>();
  public final List<String> sent = new ArrayList<>();
  public final List<String> renewed = new ArrayList<>();
  public final Map<String, String> info = new TreeMap<>(Map.of("Connection State", "STOPPED"));

  /** What happens to a message within {@code send}; by default it stays unanswered. */
  public volatile BiConsumer<OutgoingMessage, Delivery> hub = (message, delivery) -> {};

  /** What happens within {@link #connect}. */
  public volatile Runnable onConnect = () -> {};

  /** Who takes what the cloud sends. */
  public volatile HubClient cloud;

  /** What was reported, and the answer to it. */
  public final List<String> reported = new ArrayList<>();

  public volatile CompletableFuture<Void> reportAnswer = CompletableFuture.completedFuture(null);
  public int askedForDesired;

  private final Map<Delivery, OutgoingMessage> unanswered = new LinkedHashMap<>();
  private long session;
  private long lastSession;

  public static FakeHubConnection acknowledgingAtOnce() {
    FakeHubConnection connection = new FakeHubConnection();
    connection.hub = (message, delivery) -> delivery.confirmed();
    return connection;
  }

  public void up() {
    synchronized (this) {
      session = ++lastSession;
      info.put("Connection State", "CONNECTED");
    }
    listeners.forEach(listener -> listener.up(lastSession));
  }

  public void down(boolean onPurpose) {
    long ended;
    List<Delivery> left;
    synchronized (this) {
      ended = session;
      session = 0;
      info.put("Connection State", onPurpose ? "STOPPED" : "WAITING");
      left = List.copyOf(unanswered.keySet());
      unanswered.clear();
    }
    left.forEach(delivery -> delivery.unconfirmed("the session ended"));
    listeners.forEach(listener -> listener.down(ended, onPurpose));
  }

  public void confirmAll() {
    List<Delivery> all;
    synchronized (this) {
      all = List.copyOf(unanswered.keySet());
      unanswered.clear();
    }
    all.forEach(Delivery::confirmed);
  }

  public synchronized List<String> sent() {
    return List.copyOf(sent);
  }

  public synchronized int unanswered() {
    return unanswered.size();
  }

  @Override
  public void connect() {
    onConnect.run();
  }

  @Override
  public void disconnect() {
    down(true);
  }

  @Override
  public synchronized boolean isConnected() {
    return session != 0;
  }

  @Override
  public synchronized Map<String, String> info() {
    return Map.copyOf(info);
  }

  @Override
  public void send(long inSession, OutgoingMessage message, Delivery delivery) {
    synchronized (this) {
      if (inSession != session) {
        delivery.unconfirmed("an older session");
        return;
      }
      sent.add(message.messageId());
    }
    Once once = new Once(delivery);
    synchronized (this) {
      unanswered.put(once, message);
    }
    hub.accept(message, once);
  }

  @Override
  public void published(int priority) {}

  @Override
  public synchronized void renew(long oldSession, String why) {
    renewed.add(why);
  }

  @Override
  public void addListener(HubConnectionListener listener) {
    if (listeners.add(listener) && isConnected()) {
      listener.up(session);
    }
  }

  @Override
  public void removeListener(HubConnectionListener listener) {
    listeners.remove(listener);
  }

  @Override
  public void serve(HubClient client) {
    cloud = client;
  }

  @Override
  public synchronized void askForDesired() {
    askedForDesired++;
  }

  @Override
  public CompletionStage<Void> report(JsonObject patch) {
    reported.add(patch.toString());
    return reportAnswer;
  }

  private final class Once implements Delivery {
    private final Delivery to;

    Once(Delivery to) {
      this.to = to;
    }

    private Delivery answer() {
      synchronized (FakeHubConnection.this) {
        unanswered.remove(this);
      }
      return to;
    }

    @Override
    public void confirmed() {
      answer().confirmed();
    }

    @Override
    public void unconfirmed(String why) {
      answer().unconfirmed(why);
    }

    @Override
    public void rejected(String why) {
      answer().rejected(why);
    }
  }
}
