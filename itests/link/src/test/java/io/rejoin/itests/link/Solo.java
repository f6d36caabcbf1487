/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.itests.link;

import io.rejoin.azure.iothub.link.ConnectionString;
import io.rejoin.azure.iothub.link.HubLink;
import io.rejoin.azure.iothub.link.LinkRuntime;
import io.rejoin.azure.iothub.link.LinkSettings;
import io.rejoin.azure.iothub.link.SdkLinkFactory;
import io.rejoin.azure.iothub.link.Transport;
import io.rejoin.azure.iothub.link.probe.HttpsHubProbe;
import io.rejoin.azure.iothub.link.socket.NameResolver;
import io.rejoin.azure.iothub.link.socket.ServerTrust;
import java.io.FileInputStream;
import java.security.KeyStore;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Runs in a JVM with nothing but the built bundle, and does everything a link can do. */
final class Solo {

  private Solo() {}

  /** Arguments: connection string, MQTT port, HTTPS port, trust store, its password. */
  public static void main(String[] args) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (FileInputStream in = new FileInputStream(args[3])) {
      store.load(in, args[4].toCharArray());
    }
    ConnectionString string = ConnectionString.parse(args[0]);
    int mqttPort = Integer.parseInt(args[1]);
    LinkSettings settings =
        settings(string, store).mqttPort(mqttPort).httpsPort(Integer.parseInt(args[2])).build();
    LinkRuntime runtime = LinkRuntime.of(InstantSource.system(), new Random(), NameResolver.JVM);
    SdkLinkFactory factory = new SdkLinkFactory(runtime);

    Cloud cloud = new Cloud();
    Events events = new Events();
    HubLink link = factory.open(settings, events, cloud);
    events.await(Events.Opened.class);
    say(Bed.send(link, Bed.message("m", "x")).await());
    say("twin " + get(link.twin()));
    get(link.report("{\"solo\":true}"));
    say("message " + Cloud.next(cloud.messages).properties());
    say("method " + Cloud.next(cloud.methods));
    say("desired " + Cloud.next(cloud.desired));
    say("cut me");
    say("lost " + events.awaitLost().kind());

    Events refused = new Events();
    factory.open(settings, refused, cloud);
    say("refused " + refused.awaitOpenFailed().words());
    Events webSocket = new Events();
    factory.open(
        settings(string, store).transport(Transport.MQTT_WS).mqttPort(mqttPort).build(),
        webSocket,
        cloud);
    say("web socket " + webSocket.awaitOpenFailed().kind());
    say("probe " + get(new HttpsHubProbe(runtime, null).ask(settings)).failure().kind());
    say("done");
  }

  private static LinkSettings.Builder settings(ConnectionString string, KeyStore store)
      throws Exception {
    return LinkSettings.to(string.host(), string.deviceId(), string.key())
        .trust(ServerTrust.of(store));
  }

  private static <T> T get(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  private static void say(String line) {
    System.out.println("solo: " + line);
  }
}
