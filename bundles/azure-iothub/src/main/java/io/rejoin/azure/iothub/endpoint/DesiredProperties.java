/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.endpoint;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.rejoin.azure.iothub.payload.JsonPayloads;
import io.rejoin.azure.iothub.twin.JsonMerge;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.subscriber.listener.CloudSubscriberListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Desired properties for the subscribers that want them: all of them once on each session, since
 * changes that were made in between are not told, and after that what changes.
 */
final class DesiredProperties {
  private static final Logger logger = LoggerFactory.getLogger(DesiredProperties.class);

  /** Whether a message has all desired properties, or only what changed. */
  static final String COMPLETE = "desired.complete";

  static final String VERSION = "desired.version";

  private final Consumer<Runnable> later;
  private final List<CloudSubscriberListener> subscribers = new CopyOnWriteArrayList<>();
  private @Nullable JsonObject known;
  private long version;

  /**
   * Starts without subscribers.
   *
   * @param later runs what must not run in the caller's thread
   */
  DesiredProperties(Consumer<Runnable> later) {
    this.later = later;
  }

  /**
   * Adds a subscriber; what is known of this session is told at once.
   *
   * @return whether nothing is known yet, so that the hub has to be asked
   */
  synchronized boolean subscribe(CloudSubscriberListener listener) {
    subscribers.add(listener);
    JsonObject now = known;
    if (now != null) {
      tell(List.of(listener), now, true);
    }
    return now == null;
  }

  void unsubscribe(CloudSubscriberListener listener) {
    subscribers.remove(listener);
  }

  /**
   * Another session: what was known may be of yesterday, or of another hub.
   *
   * @return whether somebody wants to know
   */
  synchronized boolean forget() {
    known = null;
    version = 0;
    return !subscribers.isEmpty();
  }

  synchronized void all(String json) {
    JsonObject all = object(json);
    if (all != null) {
      known = all;
      version = version(all);
      tell(subscribers, all, true);
    }
  }

  synchronized void changed(String json) {
    JsonObject patch = object(json);
    // A change that came before the answer with all properties may be delivered after it.
    if (patch == null || version(patch) <= version) {
      return;
    }
    version = version(patch);
    JsonObject before = known;
    if (before != null) {
      known = JsonMerge.applied(before, patch);
    }
    tell(subscribers, patch, false);
  }

  private void tell(List<CloudSubscriberListener> whom, JsonObject properties, boolean complete) {
    String json = properties.toString();
    Map<String, Object> facts = Map.of(COMPLETE, complete, VERSION, version(properties));
    for (CloudSubscriberListener listener : whom) {
      later.accept(
          () -> listener.onMessageArrived(new KuraMessage(JsonPayloads.toKura(json), facts)));
    }
  }

  private static long version(JsonObject properties) {
    JsonElement value = properties.get("$version");
    return value == null ? 0 : value.getAsLong();
  }

  private static @Nullable JsonObject object(String json) {
    try {
      return JsonParser.parseString(json).getAsJsonObject();
    } catch (JsonParseException | IllegalStateException e) {
      logger.warn("Desired properties that cannot be read: {}", e.getMessage());
      return null;
    }
  }
}
