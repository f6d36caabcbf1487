/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator.hub;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.rejoin.azure.emulator.hub.HubEvent.Kind;
import io.rejoin.azure.emulator.hub.MqttConnection.Carrier;
import io.rejoin.azure.emulator.identity.SasToken;
import io.rejoin.azure.emulator.net.Door;
import io.rejoin.azure.emulator.net.Greeting;
import io.rejoin.azure.emulator.net.HttpHandler;
import io.rejoin.azure.emulator.net.Outage;
import io.rejoin.azure.emulator.net.Reactor;
import io.rejoin.azure.emulator.time.Changes;
import io.rejoin.azure.emulator.time.CloudClock;
import io.rejoin.azure.emulator.time.Tally;
import io.rejoin.azure.emulator.tls.ServerCertificate;
import io.rejoin.azure.emulator.tls.ServerTls;
import io.rejoin.azure.emulator.tls.TestCa;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * An IoT Hub on loopback: MQTT over TLS and the HTTPS device endpoint, a registry, faults, limits,
 * and what it received. Thread-safe.
 *
 * <p>As strict as Azure: signature, audience and expiry of each token, one connection per device
 * (the newer one displaces the older), the end of a connection with its token. A CONNECT refused
 * for whatever reason is answered with return code 5; the true reason is in {@link #log} and, for
 * those who ask, at the HTTPS endpoint.
 */
public final class HubEmulator implements AutoCloseable {
  private final String hostName;
  private final Changes changes;
  private final CloudClock clock;
  private final ServerTls tls;
  private final Door mqttDoor;
  private final Door httpsDoor;
  private final Outage outage;
  private final DeviceRegistry registry;
  private final Gatekeeper gatekeeper;
  private final HubFaults faults = new HubFaults();
  private final HubLimits limits;
  private final Journal journal;
  private final HubLog log;
  private final Tally<HubCount> counts;
  private final Map<Integer, LongAdder> refusals = new ConcurrentHashMap<>();
  private final Map<String, DeviceSession> sessions = new ConcurrentHashMap<>();
  private volatile ErrorShape errorShape = ErrorShape.NAME_IN_HEADER;
  private volatile Duration retryAfter = Duration.ofSeconds(5);
  private volatile Duration roundTrip = Duration.ZERO;
  private volatile int maxDeliveries = 10;

  /**
   * @param certificateNames names and addresses that the server's certificate is good for
   * @param mqtt where to listen for MQTT over TLS
   * @param https where to listen for HTTPS
   */
  public HubEmulator(
      String hostName,
      List<String> certificateNames,
      InetSocketAddress mqtt,
      InetSocketAddress https,
      TestCa ca,
      Clock clock,
      Reactor reactor,
      Changes changes) {
    this.hostName = hostName;
    this.changes = changes;
    this.clock = new CloudClock(clock);
    this.tls = new ServerTls(ca, certificateNames, this.clock);
    this.registry = new DeviceRegistry(this::deviceChanged, this::deviceRemoved);
    this.gatekeeper = new Gatekeeper(this::names, registry, this.clock);
    this.limits = new HubLimits(this.clock);
    this.journal = new Journal(this.clock, changes);
    this.log = new HubLog(hostName, this.clock, changes);
    this.counts = new Tally<>(HubCount.class, changes);
    this.mqttDoor =
        new Door(
            reactor,
            mqtt,
            tls::newEngine,
            pipeline -> MqttConnection.addTo(pipeline, this, Carrier.TLS));
    DeviceEndpoint endpoint = new DeviceEndpoint(this);
    this.httpsDoor =
        new Door(
            reactor,
            https,
            tls::newEngine,
            pipeline -> {
              HttpHandler.addTo(pipeline, endpoint, this.clock);
              pipeline.addBefore(
                  pipeline.context(HttpHandler.class).name(), null, new WebSocketUpgrade(this));
            });
    this.outage = new Outage(reactor, List.of(mqttDoor, httpsDoor));
  }

  /**
   * Starts listening.
   *
   * @throws IOException when an address or port cannot be had, saying which
   */
  public void open() throws IOException {
    mqttDoor.open();
    httpsDoor.open();
  }

  /** Stops listening and cuts all connections. */
  @Override
  public void close() {
    mqttDoor.close();
    httpsDoor.close();
  }

  public String hostName() {
    return hostName;
  }

  /**
   * What tokens and user names may call the hub: its name, and the name with the HTTPS port, since
   * an SDK that has to be told a port other than 443 takes it for a part of the name.
   */
  List<String> names() {
    return List.of(hostName, hostName + ":" + httpsPort());
  }

  public int mqttPort() {
    return mqttDoor.address().getPort();
  }

  public int httpsPort() {
    return httpsDoor.address().getPort();
  }

  public DeviceRegistry registry() {
    return registry;
  }

  /** Messages received. */
  public Journal journal() {
    return journal;
  }

  /** Connections, refusals with their true reasons, HTTPS requests. */
  public HubLog log() {
    return log;
  }

  public HubFaults faults() {
    return faults;
  }

  public HubLimits limits() {
    return limits;
  }

  /** Faults below MQTT. */
  public Door mqttDoor() {
    return mqttDoor;
  }

  /** Faults below HTTPS. */
  public Door httpsDoor() {
    return httpsDoor;
  }

  /** The hub's clock, which judges tokens and is told in the Date header. */
  public CloudClock clock() {
    return clock;
  }

  public long counted(HubCount what) {
    return counts.get(what);
  }

  public Map<HubCount, Long> counts() {
    return counts.all();
  }

  /** How many CONNECTs were answered with this return code. */
  public long refusedWith(int connackCode) {
    LongAdder adder = refusals.get(connackCode);
    return adder == null ? 0 : adder.sum();
  }

  /** The form in which errors are told over HTTPS. */
  public void errorShape(ErrorShape shape) {
    errorShape = shape;
  }

  ErrorShape errorShape() {
    return errorShape;
  }

  /** What 429 over HTTPS says. */
  public void retryAfter(Duration wait) {
    retryAfter = wait;
  }

  Duration retryAfter() {
    return retryAfter;
  }

  /** Delays all that the hub sends, as a network does. */
  public void roundTrip(Duration time) {
    roundTrip = time;
  }

  Duration roundTrip() {
    return roundTrip;
  }

  /** How often a cloud-to-device message is delivered before it is given up; 10 at the start. */
  public void maxDeliveries(int most) {
    maxDeliveries = most;
    sessions.values().forEach(session -> session.maxDeliveries(most));
  }

  /** The certificate that new connections are shown, on both ports. */
  public void show(ServerCertificate certificate) {
    tls.show(certificate);
  }

  /** The connection string of a device with a shared key. */
  public String connectionString(String deviceId) {
    return "HostName=%s;DeviceId=%s;SharedAccessKey=%s"
        .formatted(hostName, deviceId, registry.primaryKey(deviceId));
  }

  /** A token for a device with a shared key, valid from now for so long by the hub's clock. */
  public String sasToken(String deviceId, Duration validFor) {
    return SasToken.sign(
        hostName + "/devices/" + deviceId,
        registry.primaryKey(deviceId),
        clock.instant().plus(validFor),
        "");
  }

  /**
   * Stops listening and cuts all connections, and listens again after a while. A later outage, or
   * {@link #endOutage}, replaces an earlier one.
   */
  public void outage(Duration length) {
    outage.begin(length);
  }

  /** Stops listening and cuts all connections until {@link #endOutage}. */
  public void outage() {
    outage.begin();
  }

  public void endOutage() {
    outage.end();
  }

  /** The hub moves: same name and ports, another address, all connections cut. */
  public void moveTo(InetAddress address) throws IOException {
    mqttDoor.moveTo(address);
    httpsDoor.moveTo(address);
  }

  /** Ends all faults, outages and limits, rights the clock; registry and journal stay. */
  public void clearFaults() {
    faults.clear();
    limits.clear();
    clock.skew(Duration.ZERO);
    tls.show(ServerCertificate.GOOD);
    mqttDoor.greet(Greeting.SERVE);
    httpsDoor.greet(Greeting.SERVE);
    roundTrip = Duration.ZERO;
    outage.end();
  }

  /** Confirms all messages whose PUBACK was withheld, on connections that are still there. */
  public void releasePubacks() {
    sessions.values().stream()
        .flatMap(session -> session.connection().stream())
        .forEach(MqttConnection::releasePubacks);
  }

  /**
   * Sends a message to a device, now or when it comes.
   *
   * @throws HubException when 50 are waiting already, or there is no such device
   */
  public CompletableFuture<Feedback> sendToDevice(String deviceId, ToDeviceMessage message) {
    return known(deviceId).enqueue(message);
  }

  /** Messages to this device that are not settled. */
  public int messagesWaitingFor(String deviceId) {
    return known(deviceId).messagesWaiting();
  }

  /**
   * Calls a direct method.
   *
   * @throws HubException when there is no such device, or it is not listening
   */
  public CompletableFuture<MethodReply> invokeMethod(
      String deviceId, String method, String payload) {
    return known(deviceId).invoke(method, payload);
  }

  /** Merges into the desired properties, and tells the device if it listens. */
  public void patchDesired(String deviceId, String json) {
    known(deviceId).patchDesired(JsonParser.parseString(json).getAsJsonObject());
  }

  /** The properties that the device reported. */
  public JsonObject reported(String deviceId) {
    return known(deviceId).reported();
  }

  /** Takes over a device's twin from the hub that it comes from. */
  public void adoptTwin(String deviceId, HubEmulator from) {
    session(deviceId).adoptTwin(from.session(deviceId));
  }

  public boolean isConnected(String deviceId) {
    DeviceSession session = sessions.get(deviceId);
    return session != null && session.connection().isPresent();
  }

  public void awaitConnected(String deviceId, Duration limit) {
    changes.await(
        deviceId + " connected", () -> isConnected(deviceId), () -> "log: " + log.all(), limit);
  }

  public void awaitDisconnected(String deviceId, Duration limit) {
    changes.await(
        deviceId + " disconnected", () -> !isConnected(deviceId), () -> "log: " + log.all(), limit);
  }

  /** Waits until so many were counted since the start. */
  public void await(HubCount what, long atLeast, Duration limit) {
    changes.await(
        atLeast + " x " + what,
        () -> counts.get(what) >= atLeast,
        () -> "have " + counts.get(what) + "; log: " + log.all(),
        limit);
  }

  Gatekeeper gatekeeper() {
    return gatekeeper;
  }

  DeviceSession session(String deviceId) {
    return sessions.computeIfAbsent(
        deviceId,
        id -> {
          DeviceSession session = new DeviceSession(id);
          session.maxDeliveries(maxDeliveries);
          return session;
        });
  }

  private DeviceSession known(String deviceId) {
    if (registry.find(deviceId).isEmpty()) {
      throw new HubException(HubError.DEVICE_NOT_FOUND, deviceId);
    }
    return session(deviceId);
  }

  void count(HubCount what) {
    counts.count(what);
  }

  void connected(String deviceId, String by) {
    counts.count(HubCount.ACCEPTED);
    log.add(Kind.CONNECTED, deviceId, by);
  }

  void refused(String deviceId, int code, String reason) {
    refusals.computeIfAbsent(code, unused -> new LongAdder()).increment();
    counts.count(HubCount.REFUSED);
    log.add(Kind.REFUSED, deviceId, "code " + code + ": " + reason);
  }

  void ended(String deviceId, Kind kind, String reason) {
    switch (kind) {
      case DISPLACED -> counts.count(HubCount.DISPLACED);
      case TOKEN_EXPIRED -> counts.count(HubCount.TOKEN_EXPIRED);
      case PROTOCOL_VIOLATION -> counts.count(HubCount.PROTOCOL_VIOLATIONS);
      default -> {}
    }
    log.add(kind, deviceId, reason);
  }

  private void deviceChanged(String deviceId) {
    DeviceSession session = sessions.get(deviceId);
    if (session != null) {
      end(session, "the device was disabled or its credential changed");
    }
  }

  private void deviceRemoved(String deviceId) {
    DeviceSession session = sessions.remove(deviceId);
    if (session != null) {
      end(session, "the device was deleted");
    }
  }

  private static void end(DeviceSession session, String reason) {
    session.connection().ifPresent(connection -> connection.end(Kind.DISCONNECTED, reason));
  }
}
