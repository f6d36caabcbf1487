/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.itests.link;

import io.rejoin.azure.emulator.AzureEmulator;
import io.rejoin.azure.emulator.hub.HubEmulator;
import io.rejoin.azure.emulator.tls.Identity;
import io.rejoin.azure.iothub.link.ConnectionString;
import io.rejoin.azure.iothub.link.HubLink;
import io.rejoin.azure.iothub.link.LinkRuntime;
import io.rejoin.azure.iothub.link.LinkSettings;
import io.rejoin.azure.iothub.link.SdkLinkFactory;
import io.rejoin.azure.iothub.link.socket.NameResolver;
import io.rejoin.azure.iothub.link.socket.ServerTrust;
import io.rejoin.azure.iothub.message.OutgoingMessage;
import io.rejoin.provisioning.DeviceCredential;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManager;

/** A hub on 127.0.2.2, one on 127.0.2.3, and a device that may connect to the first. */
final class Bed implements AutoCloseable {
  static final String DEVICE = "press-7";
  static final Duration SOON = Duration.ofSeconds(20);

  /** Names that can be looked up besides addresses. */
  final Map<String, List<String>> names = new ConcurrentHashMap<>();

  volatile Duration clockOffset = Duration.ZERO;

  final AzureEmulator azure;
  final HubEmulator hub;
  final LinkRuntime runtime;
  final SdkLinkFactory factory;
  final Cloud cloud = new Cloud();
  private final List<HubLink> links = new ArrayList<>();

  Bed() throws IOException {
    azure =
        AzureEmulator.builder()
            .hubA("127.0.2.2")
            .hubB("127.0.2.3")
            .dps("127.0.2.4")
            .mqttPort(0)
            .start();
    hub = azure.hubA();
    hub.registry().add(DEVICE);
    InstantSource clock = () -> Clock.systemUTC().instant().plus(clockOffset);
    runtime = LinkRuntime.of(clock, new Random(), this::resolve);
    factory = new SdkLinkFactory(runtime);
  }

  private InetAddress[] resolve(String name) throws UnknownHostException {
    if (name.matches("[0-9.]+")) {
      return NameResolver.JVM.resolve(name);
    }
    List<String> addresses = names.get(name);
    if (addresses == null) {
      throw new UnknownHostException(name);
    }
    InetAddress[] found = new InetAddress[addresses.size()];
    for (int i = 0; i < found.length; i++) {
      found[i] = InetAddress.getByName(addresses.get(i));
    }
    return found;
  }

  /** Settings for the device with its key. */
  LinkSettings.Builder settings() {
    return settings(hub.hostName());
  }

  LinkSettings.Builder settings(String host) {
    ConnectionString string = ConnectionString.parse(hub.connectionString(DEVICE));
    return common(LinkSettings.to(host, string.deviceId(), string.key()));
  }

  LinkSettings.Builder settings(Identity identity) {
    return common(LinkSettings.to(hub.hostName(), DEVICE, new Certificate(identity)));
  }

  private LinkSettings.Builder common(LinkSettings.Builder builder) {
    return builder
        .trust(new ServerTrust.Managers(azure.ca().trustManagers()))
        .mqttPort(hub.mqttPort())
        .httpsPort(hub.httpsPort());
  }

  /** Starts to open a link. */
  HubLink start(LinkSettings settings, Events events) {
    HubLink link = factory.open(settings, events, cloud);
    links.add(link);
    return link;
  }

  /** Opens a link. */
  HubLink open(LinkSettings settings, Events events) {
    HubLink link = start(settings, events);
    events.await(Events.Opened.class);
    return link;
  }

  HubLink open() {
    return open(settings().build(), new Events());
  }

  static OutgoingMessage message(String id, String body) {
    return new OutgoingMessage(
        body.getBytes(StandardCharsets.UTF_8), id, null, 0, null, null, Map.of(), 1);
  }

  static Outcome send(HubLink link, OutgoingMessage message) {
    Outcome outcome = new Outcome();
    link.send(message, outcome);
    return outcome;
  }

  /** The gateway's wall clock. */
  Instant now() {
    return runtime.clock().instant();
  }

  @Override
  public void close() {
    links.forEach(HubLink::close);
    azure.close();
  }

  /** A certificate whose key nobody reads. */
  record Certificate(Identity identity) implements DeviceCredential.Certificate {
    @Override
    public KeyManager[] keyManagers() {
      return identity.keyManagers();
    }

    @Override
    public X509Certificate certificate() {
      return identity.certificate();
    }
  }
}
