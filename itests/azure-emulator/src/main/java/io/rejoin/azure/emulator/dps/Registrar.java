/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator.dps;

import com.google.gson.JsonElement;
import io.rejoin.azure.emulator.dps.Enrolments.Admitted;
import io.rejoin.azure.emulator.dps.Registration.Status;
import io.rejoin.azure.emulator.hub.HubEmulator;
import io.rejoin.azure.emulator.identity.Credential;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Carries registrations out: decides the hub, creates the device there, removes it from the hub it
 * leaves, remembers the outcome. Thread-safe.
 *
 * <p>Unverified: the substatus of each case, and that a device which its hub has lost is created
 * again.
 */
final class Registrar {
  private final Clock clock;
  private final Map<String, HubEmulator> hubs;
  private final Map<String, Registration> last = new ConcurrentHashMap<>();
  private final Map<String, Registration> lastAssigned = new ConcurrentHashMap<>();

  /**
   * @param hubs by host name; a target that is not among them gets no device, as if it were gone
   */
  Registrar(Clock clock, Map<String, HubEmulator> hubs) {
    this.clock = clock;
    this.hubs = hubs;
  }

  /** The last outcome. */
  Optional<Registration> last(String registrationId) {
    return Optional.ofNullable(last.get(registrationId));
  }

  void forget(String registrationId) {
    last.remove(registrationId);
    lastAssigned.remove(registrationId);
  }

  synchronized Registration register(
      String registrationId, Admitted admitted, @Nullable JsonElement payload) {
    if (!admitted.enrolment().enabled()) {
      return ended(registrationId, Status.DISABLED, null);
    }
    Registration outcome = assign(registrationId, admitted, payload);
    last.put(registrationId, outcome);
    lastAssigned.put(registrationId, outcome);
    return outcome;
  }

  synchronized Registration fail(String registrationId, DpsError error) {
    return ended(registrationId, Status.FAILED, error);
  }

  private Registration ended(String registrationId, Status status, @Nullable DpsError error) {
    Instant now = clock.instant();
    Instant created = last(registrationId).map(Registration::createdAt).orElse(now);
    Registration outcome =
        new Registration(registrationId, "", "", status, "", created, now, newEtag(), null, error);
    last.put(registrationId, outcome);
    return outcome;
  }

  private Registration assign(
      String registrationId, Admitted admitted, @Nullable JsonElement payload) {
    Allocation.Target target = admitted.enrolment().allocation().allocate(registrationId, payload);
    Optional<Registration> before = Optional.ofNullable(lastAssigned.get(registrationId));
    Reprovisioning policy = admitted.enrolment().reprovisioning();
    String oldHub = before.map(Registration::hubHostName).orElse("");
    boolean stays = before.isPresent() && policy == Reprovisioning.NEVER;
    String hub = stays ? oldHub : target.hubHostName();
    if (!oldHub.isEmpty() && !oldHub.equals(hub)) {
      move(registrationId, admitted.credential(), oldHub, hub, policy);
    } else {
      create(registrationId, admitted.credential(), hub);
    }
    Instant now = clock.instant();
    return new Registration(
        registrationId,
        registrationId,
        hub,
        Status.ASSIGNED,
        substatus(before.isPresent(), oldHub.equals(hub), policy),
        before.map(Registration::createdAt).orElse(now),
        now,
        newEtag(),
        target.payload(),
        null);
  }

  private void move(
      String deviceId, Credential credential, String from, String to, Reprovisioning policy) {
    HubEmulator source = hubs.get(from);
    HubEmulator destination = hubs.get(to);
    create(deviceId, credential, to);
    if (source != null && destination != null && policy == Reprovisioning.MIGRATE) {
      destination.adoptTwin(deviceId, source);
    }
    if (source != null) {
      source.registry().delete(deviceId);
    }
  }

  private void create(String deviceId, Credential credential, String hubHostName) {
    HubEmulator hub = hubs.get(hubHostName);
    boolean known =
        hub != null
            && hub.registry()
                .find(deviceId)
                .filter(device -> device.credential().equals(credential))
                .isPresent();
    if (hub != null && !known) {
      hub.registry().add(deviceId, credential);
    }
  }

  private static String substatus(boolean again, boolean sameHub, Reprovisioning policy) {
    if (!again) {
      return "initialAssignment";
    }
    if (sameHub) {
      return "reprovisionedToInitialAssignment";
    }
    return policy == Reprovisioning.RESET ? "deviceDataReset" : "deviceDataMigrated";
  }

  private static String newEtag() {
    return '"' + UUID.randomUUID().toString() + '"';
  }
}
