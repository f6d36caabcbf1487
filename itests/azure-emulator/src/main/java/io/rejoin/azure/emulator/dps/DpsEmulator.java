/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator.dps;

import io.rejoin.azure.emulator.hub.HubEmulator;
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
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The Device Provisioning Service on loopback, over HTTPS: register, operation status, registration
 * status lookup. Thread-safe.
 *
 * <p>As on Azure a lookup tells the outcome of the <em>last registration</em>: an enrolment that
 * was changed since shows only once the device registers again. A registration creates the device
 * in the hub's registry, with the credential it registered with.
 */
public final class DpsEmulator implements AutoCloseable {
  private final String idScope;
  private final CloudClock clock;
  private final Changes changes;
  private final ServerTls tls;
  private final Door door;
  private final Outage outage;
  private final Enrolments enrolments;
  private final Registrar registrar;
  private final DpsFaults faults = new DpsFaults();
  private final DpsLimits limits;
  private final Tally<DpsCount> counts;
  private volatile Duration retryAfter = Duration.ofSeconds(1);
  private volatile int pollsUntilAssigned = 1;
  private volatile boolean disabledIsUnauthorised;

  /**
   * @param hubs by host name
   */
  public DpsEmulator(
      String idScope,
      List<String> certificateNames,
      InetSocketAddress address,
      Map<String, HubEmulator> hubs,
      TestCa ca,
      Clock clock,
      Reactor reactor,
      Changes changes) {
    this.idScope = idScope;
    this.clock = new CloudClock(clock);
    this.changes = changes;
    this.tls = new ServerTls(ca, certificateNames, this.clock);
    this.enrolments = new Enrolments(idScope, this.clock);
    this.registrar = new Registrar(this.clock, hubs);
    this.limits = new DpsLimits(this.clock);
    this.counts = new Tally<>(DpsCount.class, changes);
    DpsService service = new DpsService(this, enrolments, registrar);
    this.door =
        new Door(
            reactor,
            address,
            tls::newEngine,
            pipeline -> HttpHandler.addTo(pipeline, service, this.clock));
    this.outage = new Outage(reactor, List.of(door));
  }

  /**
   * Starts listening.
   *
   * @throws IOException when the address or port cannot be had, saying which
   */
  public void open() throws IOException {
    door.open();
  }

  @Override
  public void close() {
    door.close();
  }

  public String idScope() {
    return idScope;
  }

  public int port() {
    return door.address().getPort();
  }

  /** Faults below HTTPS, outages among them. */
  public Door door() {
    return door;
  }

  public DpsFaults faults() {
    return faults;
  }

  public DpsLimits limits() {
    return limits;
  }

  /** The service's clock, which judges tokens and is told in the Date header. */
  public CloudClock clock() {
    return clock;
  }

  /** The certificate that new connections are shown. */
  public void show(ServerCertificate certificate) {
    tls.show(certificate);
  }

  public long counted(DpsCount what) {
    return counts.get(what);
  }

  public Map<DpsCount, Long> counts() {
    return counts.all();
  }

  /** Waits until so many were counted since the start. */
  public void await(DpsCount what, long atLeast, Duration limit) {
    changes.await(
        atLeast + " x " + what,
        () -> counts.get(what) >= atLeast,
        () -> "counts: " + counts(),
        limit);
  }

  /** The pace that clients are asked to poll at, in whole seconds; 1 s at the start. */
  public void retryAfter(Duration pace) {
    retryAfter = pace;
  }

  Duration retryAfter() {
    return retryAfter;
  }

  /** How often a client has to poll until it is assigned; 1 at the start. */
  public void pollsUntilAssigned(int polls) {
    pollsUntilAssigned = polls;
  }

  int pollsUntilAssigned() {
    return pollsUntilAssigned;
  }

  /**
   * How a disabled enrolment is told: by 401002, or by a registration that ends with status
   * "disabled", as at the start. Unverified which of both Azure does.
   */
  public void disabledIsUnauthorised(boolean unauthorised) {
    disabledIsUnauthorised = unauthorised;
  }

  boolean disabledIsUnauthorised() {
    return disabledIsUnauthorised;
  }

  /** Adds an enrolment of one device with new shared keys. */
  public Enrolment enrol(String registrationId, HubEmulator hub) {
    return enrol(Enrolment.individual(registrationId, hub.hostName()));
  }

  /** Adds an enrolment, or replaces the one with the same name. */
  public Enrolment enrol(Enrolment enrolment) {
    enrolments.put(enrolment);
    return enrolment;
  }

  /** An enrolment by registration id or group name. */
  public Enrolment enrolment(String name) {
    return enrolments.get(name);
  }

  public List<Enrolment> enrolments() {
    return enrolments.all();
  }

  /** Points an enrolment at another hub; shows when the device registers again. */
  public void moveEnrolment(String name, HubEmulator hub) {
    moveEnrolment(name, hub.hostName());
  }

  /** Points an enrolment at another hub, which need not exist. */
  public void moveEnrolment(String name, String hubHostName) {
    enrolments.put(enrolments.get(name).with(Allocation.to(hubHostName)));
  }

  public void enable(String name) {
    enrolments.put(enrolments.get(name).enabled(true));
  }

  public void disable(String name) {
    enrolments.put(enrolments.get(name).enabled(false));
  }

  /** Deletes an enrolment; what was registered by it stays at its hub. */
  public void deleteEnrolment(String name) {
    enrolments.remove(name);
    registrar.forget(name);
  }

  /** The outcome of a device's last registration. */
  public Optional<Registration> registration(String registrationId) {
    return registrar.last(registrationId);
  }

  /** A token for a device with a shared key, valid from now for so long by the service's clock. */
  public String sasToken(String registrationId, String base64Key, Duration validFor) {
    String resource = idScope + "/registrations/" + registrationId;
    return SasToken.sign(
        URLEncoder.encode(resource, StandardCharsets.UTF_8),
        base64Key,
        clock.instant().plus(validFor),
        "registration");
  }

  /**
   * Stops listening and cuts all connections, and listens again after a while. A later outage, or
   * {@link #endOutage}, replaces an earlier one.
   */
  public void outage(Duration length) {
    outage.begin(length);
  }

  public void endOutage() {
    outage.end();
  }

  /** Ends all faults, outages and limits, rights the clock; enrolments and registrations stay. */
  public void clearFaults() {
    faults.clear();
    limits.clear();
    clock.skew(Duration.ZERO);
    tls.show(ServerCertificate.GOOD);
    door.greet(Greeting.SERVE);
    outage.end();
  }

  void count(DpsCount what) {
    counts.count(what);
  }
}
