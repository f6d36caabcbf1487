/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.endpoint;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Icon;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The endpoint's form in Kura's console. Texts are literal: Kura resolves no keys. */
@ObjectClassDefinition(
    id = IotHubEndpoint.PID,
    icon = @Icon(resource = "OSGI-INF/icons/endpoint.png", size = 32),
    name = "Azure IoT Hub Cloud Endpoint",
    description =
        "What is done with the data: how much is stored while the hub cannot be reached, and how it"
            + " is sent once it can.")
@interface CloudEndpointOcd {
  @AttributeDefinition(
      name = "Connection",
      description = "The connection to the hub that the messages take.")
  String Connection_target() default "(kura.service.pid=changeme)";

  @AttributeDefinition(
      name = "Message store",
      description =
          "The database that keeps messages until the hub has confirmed them. One on a file keeps"
              + " them over a restart of the gateway, one in memory does not.")
  String MessageStoreProvider_target() default "(kura.service.pid=changeme)";

  @AttributeDefinition(
      name = "Capacity (messages)",
      min = "1",
      max = "10000000",
      description =
          "How many unconfirmed messages the store may hold. 500 000 are five days at one message"
              + " per second; with 1 KB each they take about 1 GB of disk.")
  int outbox_capacity() default 500_000;

  @AttributeDefinition(
      name = "When the store is full",
      options = {
        @Option(label = "Throw away the oldest, least important message", value = "DROP_OLDEST"),
        @Option(label = "Keep what is stored, refuse new messages", value = "REFUSE_NEW")
      },
      description =
          "Refuse: the publishing application gets an error and the stored past is kept. Drop: the"
              + " past makes room for the present.")
  String outbox_when_full() default "REFUSE_NEW";

  @AttributeDefinition(
      name = "Age limit (hours)",
      min = "0",
      max = "87600",
      description =
          "Messages that have waited longer than this are dropped instead of sent. 0: never.")
  int outbox_max_age_hours() default 0;

  @AttributeDefinition(
      name = "Messages in flight",
      min = "1",
      max = "1000",
      description =
          "How many messages are sent before the hub has confirmed the first. More is faster on a"
              + " slow link, and means more duplicates when the link breaks.")
  int outbox_window() default 100;

  @AttributeDefinition(
      name = "Send timeout (seconds)",
      min = "5",
      max = "3600",
      description =
          "When the hub has not confirmed a message for so long, the connection is renewed and the"
              + " message is sent again.")
  int outbox_send_timeout_seconds() default 60;

  @AttributeDefinition(
      name = "Messages of another connection",
      options = {
        @Option(label = "Hold back", value = "HOLD"),
        @Option(label = "Send like any other", value = "SEND"),
        @Option(label = "Throw away", value = "DROP")
      },
      description =
          "What to do when the store has messages that a deleted connection of the same name left"
              + " behind. They would reach the hub as data of the present device. Messages held back"
              + " are counted on the status page until this is changed.")
  String outbox_foreign_messages() default "HOLD";
}
