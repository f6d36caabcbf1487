/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.dps.protocol;

import com.google.gson.JsonObject;
import io.rejoin.azure.dps.protocol.DpsReply.Assigned;
import io.rejoin.azure.dps.protocol.DpsReply.Failed;
import io.rejoin.azure.dps.protocol.DpsReply.Fate;
import io.rejoin.azure.dps.protocol.DpsReply.NotRegistered;
import io.rejoin.provisioning.Assignment;
import io.rejoin.retry.Failure;
import io.rejoin.retry.FailureKind;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The device's side of the Device Provisioning Service's REST interface: register, wait for the
 * result, look the last registration up.
 *
 * <p>A registration is asked for once and never again: it is billed. Waiting for its result is free
 * and goes on, at the pace the service asks for, also when a poll is throttled or lost on the way,
 * until the total limit: to give up early would mean to pay again.
 *
 * <p>Blocks; for one thread at a time, and for one conversation: the total limit counts from the
 * making of the client.
 */
public final class DpsClient {

  private static final String API_VERSION = "api-version=2021-06-01";

  /** What the service asks for when it asks; and its limit is five polls in ten seconds. */
  private static final Duration USUAL_PACE = Duration.ofSeconds(3);

  private static final Duration FASTEST_PACE = Duration.ofSeconds(1);

  /** Microsoft's advice for 5xx: "wait at least 5 seconds". */
  private static final Duration PACE_AFTER_FAULT = Duration.ofSeconds(5);

  /** Jitter on top of each wait, as a share of it, so that a fleet does not poll in step. */
  private static final double JITTER = 0.25;

  private final DpsTransport transport;
  private final Registration registration;
  private final DpsErrors errors;
  private final DpsLimits limits;
  private final DpsTime time;
  private final RandomGenerator random;
  private final Duration deadline;

  public DpsClient(
      DpsTransport transport,
      Registration registration,
      DpsErrors errors,
      DpsLimits limits,
      DpsTime time,
      RandomGenerator random) {
    this.transport = transport;
    this.registration = registration;
    this.errors = errors;
    this.limits = limits;
    this.time = time;
    this.random = random;
    this.deadline = time.upTime().plus(limits.total());
  }

  /**
   * Registers the device and waits for its hub.
   *
   * @param payload JSON for the service's allocation function, null for none
   */
  public DpsReply register(@Nullable JsonObject payload) throws InterruptedException {
    JsonObject body = new JsonObject();
    body.addProperty("registrationId", registration.registrationId());
    if (payload != null) {
      body.add("payload", payload);
    }
    DpsCall call =
        new DpsCall("PUT", registration.path() + "/register?" + API_VERSION, body.toString());
    return run(call, this::operation);
  }

  /** Asks for the result of the last registration. */
  public DpsReply lookup() throws InterruptedException {
    JsonObject body = new JsonObject();
    body.addProperty("registrationId", registration.registrationId());
    DpsCall call = new DpsCall("POST", registration.path() + "?" + API_VERSION, body.toString());
    return run(call, answer -> lookedUp(call, answer));
  }

  /** What an answer means: an end, or a further question after a wait. */
  private sealed interface Step {
    record End(DpsReply reply) implements Step {}

    record Ask(DpsCall next, Duration pace) implements Step {}
  }

  private interface Reader {
    Step read(DpsAnswer answer);
  }

  private DpsReply run(DpsCall first, Reader reader) throws InterruptedException {
    Step step = step(first, reader);
    DpsCall call = first;
    Failed lastTrouble = null;
    while (step instanceof Step.Ask ask) {
      Duration wait = withJitter(ask.pace());
      if (time.upTime().plus(wait).compareTo(deadline) >= 0) {
        return outOfTime(lastTrouble);
      }
      time.sleep(wait);
      call = ask.next();
      step = step(call, reader);
      if (step instanceof Step.End end && end.reply() instanceof Failed failed) {
        if (!passing(failed.failure())) {
          return underWay(failed);
        }
        lastTrouble = failed;
        step = new Step.Ask(call, paceAfter(failed.failure()));
      }
    }
    return ((Step.End) step).reply();
  }

  /** A poll that was refused, or lost, leaves the registration as it is. */
  private static Failed underWay(Failed poll) {
    return poll.fate() == Fate.ENDED ? poll : new Failed(poll.failure(), Fate.OPEN);
  }

  private Step step(DpsCall call, Reader reader) throws InterruptedException {
    Duration left = deadline.minus(time.upTime());
    if (left.isNegative() || left.isZero()) {
      return new Step.End(
          new Failed(
              Failure.of(FailureKind.TIMED_OUT, "no time is left (total.timeout.seconds)"),
              Fate.NOT_TAKEN_ON));
    }
    Duration limit = left.compareTo(limits.request()) < 0 ? left : limits.request();
    try {
      return reader.read(transport.send(call, limit));
    } catch (IOException e) {
      return new Step.End(errors.broken(e));
    }
  }

  /** Whether a poll that came to this may be asked again; the registration goes on meanwhile. */
  private static boolean passing(Failure failure) {
    boolean noAnswer = failure.httpStatus() == 0;
    return failure.kind() == FailureKind.THROTTLED
        || failure.kind() == FailureKind.SERVER_ERROR
        || (noAnswer && failure.recoverable());
  }

  private static Duration paceAfter(Failure failure) {
    Duration asked = failure.retryAfter();
    if (failure.kind() == FailureKind.THROTTLED && asked != null) {
      return asked;
    }
    return asked == null || asked.compareTo(PACE_AFTER_FAULT) < 0 ? PACE_AFTER_FAULT : asked;
  }

  private Duration withJitter(Duration pace) {
    Duration wait = pace.compareTo(FASTEST_PACE) < 0 ? FASTEST_PACE : pace;
    return wait.plusNanos((long) (wait.toNanos() * JITTER * random.nextDouble()));
  }

  private DpsReply outOfTime(@Nullable Failed lastTrouble) {
    if (lastTrouble != null) {
      return underWay(lastTrouble);
    }
    return new Failed(
        Failure.of(
            FailureKind.PROVISIONING_FAILED,
            "it was still looking for one after "
                + limits.total().toSeconds()
                + " s (total.timeout.seconds); a lookup will tell what came of it"),
        Fate.OPEN);
  }

  /** An answer to register and to its polls. */
  private Step operation(DpsAnswer answer) {
    JsonObject json = answer.json();
    if (answer.status() / 100 != 2 || json == null) {
      return new Step.End(errors.answered(answer, time.wallTime()));
    }
    String status = Json.text(json, "status").toLowerCase(Locale.ROOT);
    JsonObject state = Json.object(json, "registrationState");
    String operationId = Json.text(json, "operationId");
    if ((status.equals("assigning") || status.equals("unassigned")) && !operationId.isBlank()) {
      String path =
          registration.path()
              + "/operations/"
              + Registration.segment(operationId)
              + "?"
              + API_VERSION;
      return new Step.Ask(new DpsCall("GET", path, null), pace(answer));
    }
    return new Step.End(ended(answer, status, state == null ? new JsonObject() : state));
  }

  /** An answer to a lookup: the registration itself, without an operation around it. */
  private Step lookedUp(DpsCall call, DpsAnswer answer) {
    JsonObject json = answer.json();
    if (answer.status() / 100 != 2 || json == null) {
      Failed failed = errors.answered(answer, time.wallTime());
      boolean unknown = failed.failure().kind() == FailureKind.REGISTRATION_UNKNOWN;
      return new Step.End(unknown ? new NotRegistered() : failed);
    }
    String status = Json.text(json, "status").toLowerCase(Locale.ROOT);
    return switch (status) {
      case "assigning" -> new Step.Ask(call, pace(answer));
      // A registration that came to nothing tells no hub: the device has to register again.
      case "unassigned", "failed" -> new Step.End(new NotRegistered());
      default -> new Step.End(ended(answer, status, json));
    };
  }

  private DpsReply ended(DpsAnswer answer, String status, JsonObject state) {
    if (status.equals("failed") || status.equals("disabled")) {
      return errors.ended(answer, status, state);
    }
    String hub = Json.text(state, "assignedHub");
    String deviceId = Json.text(state, "deviceId");
    if (!status.equals("assigned") || deviceId.isBlank() || !hub.matches("[A-Za-z0-9._-]+")) {
      return new Failed(
          new Failure(
              FailureKind.PROVISIONING_FAILED,
              "the service's answer names no hub or no device; its status is "
                  + DpsErrors.printable(status),
              answer.status(),
              0,
              null),
          Fate.ENDED);
    }
    JsonObject payload = Json.object(state, "payload");
    return new Assigned(
        new Assignment(
            hub,
            deviceId,
            assignedAt(state),
            Json.text(state, "etag"),
            payload == null ? "" : payload.toString()));
  }

  private Instant assignedAt(JsonObject state) {
    for (String name : new String[] {"lastUpdatedDateTimeUtc", "createdDateTimeUtc"}) {
      try {
        return Instant.parse(Json.text(state, name));
      } catch (DateTimeException e) {
        // The next one, then our own clock.
      }
    }
    return time.wallTime();
  }

  private Duration pace(DpsAnswer answer) {
    Instant serverTime = HttpDates.parse(answer.date()).orElse(time.wallTime());
    Duration asked = HttpDates.retryAfter(answer.retryAfter(), serverTime);
    return asked == null ? USUAL_PACE : asked;
  }
}
