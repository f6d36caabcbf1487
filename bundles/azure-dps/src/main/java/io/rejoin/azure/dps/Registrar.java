/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.dps;

import io.rejoin.azure.dps.identity.IdentityException;
import io.rejoin.azure.dps.protocol.DpsClient;
import io.rejoin.azure.dps.protocol.DpsErrors;
import io.rejoin.azure.dps.protocol.DpsReply;
import io.rejoin.azure.dps.protocol.DpsTime;
import io.rejoin.azure.dps.protocol.DpsTransport;
import io.rejoin.azure.dps.state.Budget;
import io.rejoin.azure.dps.state.BudgetLimits;
import io.rejoin.azure.dps.state.ProvisioningState;
import io.rejoin.azure.dps.state.StateStore;
import io.rejoin.provisioning.Assignment;
import io.rejoin.provisioning.DeviceCredential;
import io.rejoin.provisioning.ProvisionerStatus;
import io.rejoin.provisioning.ProvisioningRequest;
import io.rejoin.provisioning.ProvisioningRequest.Operation;
import io.rejoin.provisioning.ProvisioningResult;
import io.rejoin.provisioning.ProvisioningResult.Assigned;
import io.rejoin.provisioning.ProvisioningResult.Failed;
import io.rejoin.provisioning.ProvisioningResult.NotRegistered;
import io.rejoin.retry.Failure;
import io.rejoin.retry.FailureKind;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out requests for one configuration: pays, asks, remembers. One request at a time, each on
 * a thread of its own, so that none exists in between.
 *
 * <p>Thread-safe. After {@link #close} it writes nothing any more.
 */
final class Registrar implements AutoCloseable {

  private static final Logger logger = LoggerFactory.getLogger(Registrar.class);

  /** Where the credential and the connections come from; both may fail. */
  interface Access {
    DeviceCredential credential() throws IdentityException;

    DpsTransport open(DeviceCredential credential) throws GeneralSecurityException, IOException;
  }

  /**
   * What the outside world does.
   *
   * @param plausibleFrom no honest clock shows less
   */
  record Environment(DpsTime time, RandomGenerator random, Instant plausibleFrom) {}

  private final String name;
  private final Settings settings;
  private final StateStore store;
  private final Access access;
  private final DpsErrors errors;
  private final Environment environment;
  private final ThreadGroup threads;

  private volatile ProvisioningState state;
  private volatile String storeProblem = "";
  private boolean busy;
  private volatile boolean closed;

  /**
   * @param name the component's, for threads and log
   * @param state what to start from
   */
  Registrar(
      String name,
      Settings settings,
      StateStore store,
      ProvisioningState state,
      Access access,
      DpsErrors errors,
      Environment environment) {
    this.name = name;
    this.settings = settings;
    this.store = store;
    this.state = state;
    this.access = access;
    this.errors = errors;
    this.environment = environment;
    this.threads = new ThreadGroup("rejoin-dps " + name);
  }

  Settings settings() {
    return settings;
  }

  ProvisioningState state() {
    return state;
  }

  Optional<Assignment> cachedAssignment() {
    return Optional.ofNullable(state.assignment());
  }

  Optional<DeviceCredential> credential() {
    try {
      return Optional.of(access.credential());
    } catch (IdentityException e) {
      return Optional.empty();
    }
  }

  ProvisionerStatus status() {
    ProvisioningState now = state;
    Budget budget = refilled(now.budget());
    return new ProvisionerStatus(
        settings.service(),
        budget.available(limits()),
        budget.growsAt(limits()).orElse(null),
        now.registeredAt(),
        now.reason(),
        problem());
  }

  private String problem() {
    try {
      access.credential();
      return storeProblem;
    } catch (IdentityException e) {
      return e.getMessage() + (storeProblem.isEmpty() ? "" : "; " + storeProblem);
    }
  }

  synchronized CompletionStage<ProvisioningResult> provision(ProvisioningRequest request) {
    if (closed || busy) {
      return CompletableFuture.completedFuture(
          closed ? cancelled() : failed(FailureKind.UNKNOWN, "a request is under way already"));
    }
    CompletableFuture<ProvisioningResult> result = new CompletableFuture<>();
    Thread thread = new Thread(threads, () -> run(request, result), "rejoin-dps " + name);
    thread.setDaemon(true);
    thread.start();
    busy = true;
    return result.minimalCompletionStage();
  }

  private void run(ProvisioningRequest request, CompletableFuture<ProvisioningResult> result) {
    ProvisioningResult outcome;
    try {
      outcome = ask(request);
    } catch (InterruptedException e) {
      outcome = cancelled();
    } catch (RuntimeException | Error e) {
      logger.error("{}: a request to the provisioning service failed unforeseen", name, e);
      outcome = failed(FailureKind.UNKNOWN, "an unforeseen error, see the log: " + e);
    }
    if (closed && !(outcome instanceof Assigned)) {
      outcome = cancelled();
    }
    tell(request, outcome);
    synchronized (this) {
      busy = false;
    }
    result.complete(outcome);
  }

  private ProvisioningResult ask(ProvisioningRequest request) throws InterruptedException {
    Instant now = environment.time().wallTime();
    if (now.isBefore(environment.plausibleFrom())) {
      return failed(
          FailureKind.CLOCK_WRONG, "it shows " + now + ": set it, best by NTP, then it goes on");
    }
    try {
      DeviceCredential credential = access.credential();
      Failure invalid = invalid(credential, now);
      if (invalid != null) {
        return new Failed(invalid);
      }
      try (DpsTransport transport = access.open(credential)) {
        DpsClient client = client(transport);
        return switch (request.operation()) {
          case LOOKUP -> lookedUp(client.lookup());
          case REGISTER -> register(request, client);
        };
      }
    } catch (IdentityException e) {
      return failed(FailureKind.MISCONFIGURED, String.valueOf(e.getMessage()));
    } catch (GeneralSecurityException | IOException e) {
      return failed(
          FailureKind.MISCONFIGURED,
          "no TLS can be set up (" + e.getMessage() + "): check SslManagerService.target");
    }
  }

  private DpsClient client(DpsTransport transport) {
    return new DpsClient(
        transport,
        settings.registration(),
        errors,
        settings.limits(),
        environment.time(),
        environment.random());
  }

  private static @Nullable Failure invalid(DeviceCredential credential, Instant now) {
    if (!(credential instanceof DeviceCredential.Certificate own)) {
      return null;
    }
    try {
      own.certificate().checkValidity(Date.from(now));
      return null;
    } catch (CertificateExpiredException e) {
      return Failure.of(
          FailureKind.OWN_CERTIFICATE_EXPIRED,
          "it ended "
              + own.certificate().getNotAfter().toInstant()
              + ": put a new one into the keystore under the same alias");
    } catch (CertificateNotYetValidException e) {
      return Failure.of(
          FailureKind.OWN_CERTIFICATE_NOT_YET_VALID,
          "it starts "
              + own.certificate().getNotBefore().toInstant()
              + " and the gateway's clock shows "
              + now
              + ": set the clock, best by NTP");
    }
  }

  private ProvisioningResult lookedUp(DpsReply reply) {
    if (reply instanceof DpsReply.Assigned assigned) {
      Assignment assignment = assigned.assignment();
      return commit(current -> current.assigned(assignment))
          ? new Assigned(assignment)
          : cancelled();
    }
    return reply instanceof DpsReply.Failed failed
        ? new Failed(failed.failure())
        : new NotRegistered();
  }

  private ProvisioningResult register(ProvisioningRequest request, DpsClient client)
      throws InterruptedException {
    if (state.openSince() != null && !request.byOperator()) {
      ProvisioningResult found = endOfTheOpenOne(request, client.lookup());
      if (found != null) {
        return found;
      }
    }
    Instant now = environment.time().wallTime();
    Optional<Budget> left =
        state.budget().spent(limits(), now, environment.plausibleFrom(), request.byOperator());
    if (left.isEmpty()) {
      return budgetEmpty(now);
    }
    // On disk before it is sent: a crash in between costs a token, never a bill.
    return commit(current -> current.sending(now, left.get()))
        ? registered(request, client.register(settings.payload()))
        : cancelled();
  }

  /**
   * A registration that was paid for and whose end was not seen, because of a lost connection or a
   * restart, is looked up before another one is paid for.
   *
   * @return null when the lookup tells nothing new, so that the device has to register after all
   */
  private @Nullable ProvisioningResult endOfTheOpenOne(
      ProvisioningRequest request, DpsReply reply) {
    if (reply instanceof DpsReply.Failed failed) {
      return new Failed(failed.failure());
    }
    return reply instanceof DpsReply.Assigned assigned
            && !assigned.assignment().equals(state.assignment())
        ? registered(request, reply)
        : null;
  }

  private ProvisioningResult registered(ProvisioningRequest request, DpsReply reply) {
    if (reply instanceof DpsReply.Assigned assigned) {
      Assignment assignment = assigned.assignment();
      Instant now = environment.time().wallTime();
      return commit(current -> current.registered(assignment, now, request.reason()))
          ? new Assigned(assignment)
          : cancelled();
    }
    if (!(reply instanceof DpsReply.Failed failed)) {
      return new NotRegistered();
    }
    switch (failed.fate()) {
      case NOT_TAKEN_ON -> commit(current -> current.ended(current.budget().givenBack(limits())));
      case ENDED -> commit(current -> current.ended(current.budget()));
      case OPEN -> {}
    }
    return new Failed(failed.failure());
  }

  /** Kept on disk, since after a clock that was ahead the budget has begun to count anew. */
  private ProvisioningResult budgetEmpty(Instant now) {
    Budget earned = refilled(state.budget());
    commit(current -> current.earned(earned));
    return new Failed(
        new Failure(
            FailureKind.PROVISIONING_BUDGET_EMPTY,
            "registrations are billed; an operator may ask for one more, or raise budget.per.day",
            0,
            0,
            earned.untilAvailable(limits(), now)));
  }

  /** Changes the state and stores it, unless closed. A disk that fails is told, and no obstacle. */
  private synchronized boolean commit(UnaryOperator<ProvisioningState> change) {
    if (closed) {
      return false;
    }
    ProvisioningState next = change.apply(state);
    if (next.equals(state) && storeProblem.isEmpty()) {
      return true;
    }
    state = next;
    String problem = store.save(next).orElse("");
    if (!problem.equals(storeProblem)) {
      if (!problem.isEmpty()) {
        logger.warn("{}: {}; until then a restart forgets assignment and budget", name, problem);
      }
      storeProblem = problem;
    }
    return true;
  }

  private void tell(ProvisioningRequest request, ProvisioningResult outcome) {
    String what = request.operation() == Operation.REGISTER ? "registration" : "lookup";
    if (outcome instanceof Assigned assigned) {
      logger.info(
          "{}: {} with {} assigned device {} to hub {}; reason: {}",
          name,
          what,
          settings.service(),
          assigned.assignment().deviceId(),
          assigned.assignment().hubHostName(),
          request.reason());
    } else if (closed) {
      logger.info("{}: {} with {} given up", name, what, settings.service());
    } else if (outcome instanceof Failed failed) {
      logger.warn(
          "{}: {} with {} failed: {}", name, what, settings.service(), failed.failure().words());
    } else {
      logger.info("{}: {} with {} found no registration", name, what, settings.service());
    }
  }

  private BudgetLimits limits() {
    return settings.budget();
  }

  private Budget refilled(Budget budget) {
    return budget.refilled(limits(), environment.time().wallTime(), environment.plausibleFrom());
  }

  private static ProvisioningResult cancelled() {
    return failed(
        FailureKind.UNKNOWN, "given up, since the provisioner was stopped or reconfigured");
  }

  private static ProvisioningResult failed(FailureKind kind, String detail) {
    return new Failed(Failure.of(kind, detail));
  }

  /** Gives up a request under way and keeps the disk as it is from now on. Does not wait. */
  @Override
  public synchronized void close() {
    closed = true;
    threads.interrupt();
  }
}
