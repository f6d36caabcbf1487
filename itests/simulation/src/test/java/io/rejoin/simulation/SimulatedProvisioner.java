/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.simulation;

import io.rejoin.azure.dps.state.Budget;
import io.rejoin.provisioning.Assignment;
import io.rejoin.provisioning.DeviceCredential;
import io.rejoin.provisioning.Provisioner;
import io.rejoin.provisioning.ProvisionerStatus;
import io.rejoin.provisioning.ProvisioningRequest;
import io.rejoin.provisioning.ProvisioningRequest.Operation;
import io.rejoin.provisioning.ProvisioningResult;
import io.rejoin.retry.Failure;
import io.rejoin.retry.FailureKind;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A provisioner with the real budget, in virtual time: pays on disk before it asks, is given back
 * what the service did not take on, and may be exchanged in the middle of a request.
 */
final class SimulatedProvisioner implements Provisioner {

  private final VirtualTime time;
  private final RandomGenerator chance;
  private final Cloud cloud;
  private final Disk disk;
  private final Checks checks;
  private final Supplier<Consumer<ProvisioningResult>> asked;
  private boolean busy;
  private boolean closed;

  SimulatedProvisioner(
      VirtualTime time,
      RandomGenerator chance,
      Cloud cloud,
      Disk disk,
      Checks checks,
      Supplier<Consumer<ProvisioningResult>> asked) {
    this.time = time;
    this.chance = chance;
    this.cloud = cloud;
    this.disk = disk;
    this.checks = checks;
    this.asked = asked;
  }

  /** No clock of a gateway shows less if it is right. */
  private static Instant plausibleFrom() {
    return Instant.parse("2026-01-01T00:00:00Z");
  }

  void close() {
    closed = true;
  }

  @Override
  public CompletionStage<ProvisioningResult> provision(ProvisioningRequest request) {
    checks.dpsIsAsked(request);
    if (busy || closed) {
      return CompletableFuture.completedFuture(
          failed(FailureKind.UNKNOWN, "a request is under way already"));
    }
    Instant now = Instant.ofEpochMilli(time.wallMillis());
    if (now.isBefore(plausibleFrom())) {
      return CompletableFuture.completedFuture(failed(FailureKind.CLOCK_WRONG, ""));
    }
    if (request.operation() == Operation.REGISTER) {
      Budget earned = disk.budget.refilled(disk.limits, now, plausibleFrom());
      Optional<Budget> paid = earned.spent(disk.limits, now, plausibleFrom(), request.byOperator());
      disk.budget = paid.orElse(earned);
      if (paid.isEmpty()) {
        return CompletableFuture.completedFuture(
            new ProvisioningResult.Failed(
                new Failure(
                    FailureKind.PROVISIONING_BUDGET_EMPTY,
                    "",
                    0,
                    0,
                    earned.untilAvailable(disk.limits, now))));
      }
      checks.registrationIsPaid(request.byOperator());
    }
    busy = true;
    CompletableFuture<ProvisioningResult> result = new CompletableFuture<>();
    Consumer<ProvisioningResult> told = asked.get();
    time.inTheGateway(500 + chance.nextLong(20_000), () -> answer(request, told, result));
    return result;
  }

  private void answer(
      ProvisioningRequest request,
      Consumer<ProvisioningResult> told,
      CompletableFuture<ProvisioningResult> result) {
    busy = false;
    ProvisioningResult answer = request.operation() == Operation.REGISTER ? register() : lookUp();
    boolean cancelled = closed && !(answer instanceof ProvisioningResult.Assigned);
    ProvisioningResult outcome = cancelled ? failed(FailureKind.UNKNOWN, "given up") : answer;
    told.accept(outcome);
    result.complete(outcome);
  }

  private ProvisioningResult register() {
    Failure trouble = trouble();
    if (trouble != null) {
      boolean takenOn = trouble.kind() == FailureKind.PROVISIONING_FAILED;
      if (!takenOn && !closed) {
        disk.budget = disk.budget.givenBack(disk.limits);
        checks.registrationIsGivenBack();
      }
      return new ProvisioningResult.Failed(trouble);
    }
    return assigned(cloud.register());
  }

  private ProvisioningResult lookUp() {
    Failure trouble = trouble();
    if (trouble != null) {
      return new ProvisioningResult.Failed(trouble);
    }
    Hub registered = cloud.registered;
    return registered == null ? new ProvisioningResult.NotRegistered() : assigned(registered);
  }

  private ProvisioningResult assigned(Hub hub) {
    if (!closed) {
      disk.assignment = hub.assignment;
    }
    return new ProvisioningResult.Assigned(hub.assignment);
  }

  private @Nullable Failure trouble() {
    return cloud.offline ? Failure.of(FailureKind.TIMED_OUT, "DPS") : cloud.dpsTrouble;
  }

  private static ProvisioningResult failed(FailureKind kind, String detail) {
    return new ProvisioningResult.Failed(Failure.of(kind, detail));
  }

  @Override
  public Optional<Assignment> cachedAssignment() {
    return Optional.ofNullable(disk.assignment);
  }

  @Override
  public Optional<DeviceCredential> credential() {
    return Optional.empty();
  }

  @Override
  public ProvisionerStatus status() {
    return new ProvisionerStatus("simulated", 0, null, null, "", "");
  }
}
