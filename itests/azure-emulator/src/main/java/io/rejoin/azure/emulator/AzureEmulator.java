/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator;

import io.rejoin.azure.emulator.control.ControlServer;
import io.rejoin.azure.emulator.dps.DpsEmulator;
import io.rejoin.azure.emulator.hub.HubEmulator;
import io.rejoin.azure.emulator.net.Reactor;
import io.rejoin.azure.emulator.time.Changes;
import io.rejoin.azure.emulator.tls.Identity;
import io.rejoin.azure.emulator.tls.TestCa;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Two IoT Hubs and a Device Provisioning Service on loopback, as strict as Azure, with a
 * certificate authority of their own and with faults for a test to choose.
 *
 * <pre>{@code
 * try (AzureEmulator azure = AzureEmulator.builder().start()) {
 *   azure.hubA().registry().add("gateway-1");
 *   String connectionString = azure.hubA().connectionString("gateway-1");
 *   SSLContext trust = azure.ca().clientContext();
 *   ...
 *   azure.hubA().outage(Duration.ofSeconds(10));
 * }
 * }</pre>
 *
 * <p>Thread-safe. What was never seen on a real Azure is marked "unverified" in the class that does
 * it.
 */
public final class AzureEmulator implements AutoCloseable {
  private static final int NO_CONTROL = -1;
  private static final int FREE_PORT_ATTEMPTS = 5;

  private final Reactor reactor = new Reactor();
  private final TestCa ca;
  private final HubEmulator hubA;
  private final HubEmulator hubB;
  private final DpsEmulator dps;
  private final @Nullable ControlServer control;
  private final Endpoint addressA;
  private final Endpoint addressB;

  private AzureEmulator(Builder settings, Ports ports) throws IOException {
    Changes changes = new Changes();
    this.ca = settings.ca == null ? TestCa.create() : settings.ca;
    this.addressA = settings.hubA;
    this.addressB = settings.hubB;
    this.hubA = hub(settings, settings.hubA, ports, changes);
    this.hubB = hub(settings, settings.hubB, ports, changes);
    this.dps =
        new DpsEmulator(
            settings.idScope,
            settings.dps.certificateNames(),
            settings.dps.at(settings.dpsPort),
            Map.of(hubA.hostName(), hubA, hubB.hostName(), hubB),
            ca,
            settings.clock,
            reactor,
            changes);
    try {
      hubA.open();
      hubB.open();
      dps.open();
      control =
          settings.controlPort == NO_CONTROL
              ? null
              : new ControlServer(
                  new TreeMap<>(Map.of("a", hubA, "b", hubB)), dps, settings.controlPort);
    } catch (IOException e) {
      closeServices();
      throw e;
    }
  }

  private HubEmulator hub(Builder settings, Endpoint endpoint, Ports ports, Changes changes)
      throws IOException {
    return new HubEmulator(
        endpoint.hostName(),
        endpoint.certificateNames(),
        endpoint.at(ports.mqtt()),
        endpoint.at(ports.https()),
        ca,
        settings.clock,
        reactor,
        changes);
  }

  public static Builder builder() {
    return new Builder();
  }

  public HubEmulator hubA() {
    return hubA;
  }

  public HubEmulator hubB() {
    return hubB;
  }

  public DpsEmulator dps() {
    return dps;
  }

  /** Whom clients have to trust, and who issues their certificates. */
  public TestCa ca() {
    return ca;
  }

  /** A client's TLS context that trusts the emulator alone. */
  public SSLContext clientContext() {
    return ca.clientContext();
  }

  /** A client's TLS context that trusts the emulator alone and shows this certificate. */
  public SSLContext clientContext(Identity identity) {
    return ca.clientContext(identity);
  }

  /**
   * Writes a hosts file for {@code -Djdk.net.hosts.file}, by which a JVM finds the hubs under names
   * of their own.
   */
  public void writeHosts(Path file) throws IOException {
    Files.write(
        file,
        List.of(
            addressA.address() + " " + addressA.hostName(),
            addressB.address() + " " + addressB.hostName()));
  }

  /**
   * The control page's address.
   *
   * @throws IllegalStateException when it was not asked for
   */
  public String controlUrl() {
    if (control == null) {
      throw new IllegalStateException("started without a control page");
    }
    return control.url();
  }

  @Override
  public void close() {
    if (control != null) {
      control.close();
    }
    closeServices();
  }

  private void closeServices() {
    hubA.close();
    hubB.close();
    dps.close();
    reactor.close();
  }

  private record Ports(int mqtt, int https) {}

  /** A name and the loopback address where it is found. */
  private record Endpoint(String hostName, String address) {
    List<String> certificateNames() {
      return hostName.equals(address) ? List.of(address) : List.of(hostName, address);
    }

    InetSocketAddress at(int port) throws IOException {
      try {
        return new InetSocketAddress(InetAddress.getByName(address), port);
      } catch (UnknownHostException e) {
        throw new IOException("no address is known for " + address, e);
      }
    }
  }

  /** Where everything listens, and who vouches for it. */
  public static final class Builder {
    private Endpoint hubA = new Endpoint("127.0.0.2", "127.0.0.2");
    private Endpoint hubB = new Endpoint("127.0.0.3", "127.0.0.3");
    private Endpoint dps = new Endpoint("127.0.0.4", "127.0.0.4");
    private String idScope = "0ne000REJOIN";
    private int mqttPort = 8883;
    private int httpsPort;
    private int dpsPort;
    private int controlPort = NO_CONTROL;
    private Clock clock = Clock.systemUTC();
    private @Nullable TestCa ca;

    private Builder() {}

    /** Hub A's address, which is its name too; 127.0.0.2 unless set. */
    public Builder hubA(String address) {
      return hubA(address, address);
    }

    /** Hub A's name and address. */
    public Builder hubA(String hostName, String address) {
      hubA = new Endpoint(hostName, address);
      return this;
    }

    /** Hub B's address, which is its name too; 127.0.0.3 unless set. */
    public Builder hubB(String address) {
      return hubB(address, address);
    }

    /** Hub B's name and address. */
    public Builder hubB(String hostName, String address) {
      hubB = new Endpoint(hostName, address);
      return this;
    }

    /** The provisioning service's address; 127.0.0.4 unless set. */
    public Builder dps(String address) {
      dps = new Endpoint(address, address);
      return this;
    }

    public Builder idScope(String scope) {
      idScope = scope;
      return this;
    }

    /** Both hubs' MQTT port; 8883 unless set, which is the only one that Microsoft's SDK uses. */
    public Builder mqttPort(int port) {
      mqttPort = port;
      return this;
    }

    /** Both hubs' HTTPS port; a free one, the same for both, unless set. */
    public Builder httpsPort(int port) {
      httpsPort = port;
      return this;
    }

    /** The provisioning service's HTTPS port; a free one unless set. */
    public Builder dpsPort(int port) {
      dpsPort = port;
      return this;
    }

    /** Offers the control page on 127.0.0.1; 0 takes a free port. Not offered unless asked for. */
    public Builder controlPort(int port) {
      controlPort = port;
      return this;
    }

    /** The services' clock; the system's unless set. Timers run on real time all the same. */
    public Builder clock(Clock newClock) {
      clock = newClock;
      return this;
    }

    /** The certificate authority; a new one with EC keys unless set. */
    public Builder ca(TestCa authority) {
      ca = authority;
      return this;
    }

    /**
     * Starts listening.
     *
     * @throws IOException when an address or port cannot be had, saying which
     */
    public AzureEmulator start() throws IOException {
      if (mqttPort != 0 && httpsPort != 0) {
        return new AzureEmulator(this, new Ports(mqttPort, httpsPort));
      }
      return startOnFreePorts();
    }

    /** A port that is free on hub A's address may be taken on hub B's: then tries another. */
    private AzureEmulator startOnFreePorts() throws IOException {
      for (int attempt = 1; ; attempt++) {
        Ports ports =
            new Ports(
                mqttPort == 0 ? freePort() : mqttPort, httpsPort == 0 ? freePort() : httpsPort);
        try {
          return new AzureEmulator(this, ports);
        } catch (IOException e) {
          if (attempt == FREE_PORT_ATTEMPTS) {
            throw e;
          }
        }
      }
    }

    private int freePort() throws IOException {
      try (var socket = new ServerSocket()) {
        socket.bind(hubA.at(0));
        return socket.getLocalPort();
      } catch (BindException e) {
        throw new IOException("cannot listen on " + hubA.address() + ": " + e.getMessage(), e);
      }
    }
  }
}
