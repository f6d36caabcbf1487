/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.endpoint;

import com.google.gson.JsonObject;
import io.rejoin.azure.iothub.connection.HubClient;
import io.rejoin.azure.iothub.message.CloudMessage;
import io.rejoin.azure.iothub.message.DirectMethodAnswer;
import io.rejoin.azure.iothub.outbox.OutboxStatus;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Everything that the cloud sends, each to who takes it. */
final class CloudReception implements HubClient {
  private final CloudInbox inbox;
  private final DirectMethods methods;
  private final DesiredProperties desired;
  private final Supplier<Map<String, String>> info;
  private final Supplier<OutboxStatus> outbox;

  /**
   * @param later runs what must not run in the caller's thread
   * @param info the status page
   */
  CloudReception(
      Consumer<Runnable> later, Supplier<Map<String, String>> info, Supplier<OutboxStatus> outbox) {
    this.inbox = new CloudInbox(later);
    this.methods = new DirectMethods(later);
    this.desired = new DesiredProperties(later);
    this.info = info;
    this.outbox = outbox;
  }

  CloudInbox inbox() {
    return inbox;
  }

  DirectMethods methods() {
    return methods;
  }

  DesiredProperties desired() {
    return desired;
  }

  @Override
  public boolean onMessage(CloudMessage message) {
    return inbox.onMessage(message);
  }

  @Override
  public CompletionStage<DirectMethodAnswer> onMethod(String name, String payload) {
    return methods.call(name, payload);
  }

  @Override
  public void onDesiredProperties(String patch) {
    desired.changed(patch);
  }

  @Override
  public void onAllDesiredProperties(String json) {
    desired.all(json);
  }

  @Override
  public Map<String, String> info() {
    return info.get();
  }

  @Override
  public JsonObject statistics() {
    OutboxStatus now = outbox.get();
    JsonObject facts = new JsonObject();
    facts.addProperty("waiting", now.waiting());
    facts.addProperty("capacity", now.capacity());
    facts.addProperty("held", now.held());
    facts.addProperty("confirmed", now.confirmed());
    facts.addProperty("resent", now.resent());
    facts.addProperty("rejected", now.rejected());
    facts.addProperty("expired", now.expired());
    facts.addProperty("dropped", now.dropped());
    facts.addProperty("refused", now.refused());
    return facts;
  }
}
