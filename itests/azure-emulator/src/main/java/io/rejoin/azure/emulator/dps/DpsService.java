/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator.dps;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.rejoin.azure.emulator.dps.Enrolments.Admitted;
import io.rejoin.azure.emulator.dps.Enrolments.Judgement;
import io.rejoin.azure.emulator.net.HttpCall;
import io.rejoin.azure.emulator.net.HttpReply;
import io.rejoin.azure.emulator.net.HttpService;
import io.rejoin.azure.emulator.time.TokenBucket.Grant;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The provisioning service's device API over HTTPS, 2019-03-31 and later. */
final class DpsService implements HttpService {
  private static final String OLDEST_VERSION = "2019-03-31";
  private static final int ACCEPTED = 202;

  private final DpsEmulator dps;
  private final Enrolments enrolments;
  private final Registrar registrar;
  private final Map<String, Operation> operations = new ConcurrentHashMap<>();

  DpsService(DpsEmulator dps, Enrolments enrolments, Registrar registrar) {
    this.dps = dps;
    this.enrolments = enrolments;
    this.registrar = registrar;
  }

  private record Operation(String registrationId, Registration outcome, int pollsLeft) {
    Operation polled() {
      return new Operation(registrationId, outcome, pollsLeft - 1);
    }
  }

  @Override
  public HttpReply answer(HttpCall call) {
    HttpReply reply = route(call);
    if (reply.status() == DpsError.THROTTLED.status()) {
      dps.count(DpsCount.THROTTLED);
    } else if (reply.status() / 100 == 4) {
      dps.count(DpsCount.REFUSED);
    }
    return reply.after(reply.delay().plus(dps.faults().delay()));
  }

  private HttpReply route(HttpCall call) {
    List<String> path = call.path();
    if (path.size() < 3 || !path.get(1).equals("registrations")) {
      return error(DpsError.BAD_REQUEST);
    }
    DpsRequest request =
        switch (call.method() + " " + path.size()) {
          case "PUT 4" -> path.get(3).equals("register") ? DpsRequest.REGISTER : null;
          case "GET 5" -> path.get(3).equals("operations") ? DpsRequest.POLL : null;
          case "POST 3" -> DpsRequest.LOOKUP;
          default -> null;
        };
    if (request == null) {
      return error(DpsError.NOT_ALLOWED);
    }
    dps.count(
        switch (request) {
          case REGISTER -> DpsCount.REGISTERS;
          case POLL -> DpsCount.POLLS;
          case LOOKUP -> DpsCount.LOOKUPS;
        });
    Optional<HttpReply> scripted = dps.faults().take(request);
    return scripted.isPresent() ? scripted.get() : judge(request, call);
  }

  private HttpReply judge(DpsRequest request, HttpCall call) {
    String registrationId = call.path().get(2);
    Grant grant = dps.limits().take(request, registrationId);
    if (!grant.granted()) {
      return error(DpsError.THROTTLED).retryAfter(grant.delay());
    }
    if (call.query().getOrDefault("api-version", "").compareTo(OLDEST_VERSION) < 0) {
      return error(DpsError.UNSUPPORTED_VERSION);
    }
    if (!call.path().get(0).equals(dps.idScope())) {
      return error(DpsError.ID_SCOPE_NOT_FOUND);
    }
    Judgement judgement = enrolments.judge(registrationId, call);
    Admitted admitted = judgement.admitted();
    if (admitted == null) {
      return error(judgement.error() == null ? DpsError.UNAUTHORIZED : judgement.error());
    }
    if (!admitted.enrolment().enabled() && dps.disabledIsUnauthorised()) {
      return error(DpsError.UNAUTHORIZED);
    }
    return switch (request) {
      case REGISTER -> register(registrationId, admitted, call);
      case POLL -> poll(registrationId, call.path().get(4));
      case LOOKUP -> lookup(registrationId);
    };
  }

  private HttpReply register(String registrationId, Admitted admitted, HttpCall call) {
    Optional<JsonObject> body = object(call.body());
    if (body.isEmpty() || !named(body.get(), registrationId)) {
      return error(DpsError.BAD_REQUEST);
    }
    dps.count(DpsCount.BILLED);
    Registration outcome =
        dps.faults()
            .assignmentFailure()
            .map(failure -> registrar.fail(registrationId, failure))
            .orElseGet(
                () -> registrar.register(registrationId, admitted, body.get().get("payload")));
    String id = "4." + UUID.randomUUID();
    operations.put(id, new Operation(registrationId, outcome, dps.pollsUntilAssigned()));
    return operation(ACCEPTED, id, "assigning", null).retryAfter(dps.retryAfter());
  }

  private HttpReply poll(String registrationId, String operationId) {
    Operation operation =
        operations.computeIfPresent(operationId, (id, present) -> present.polled());
    if (operation == null || !operation.registrationId().equals(registrationId)) {
      return error(DpsError.OPERATION_NOT_FOUND);
    }
    if (operation.pollsLeft() > 0 || dps.faults().stuck()) {
      return operation(ACCEPTED, operationId, "assigning", null).retryAfter(dps.retryAfter());
    }
    Registration outcome = operation.outcome();
    return operation(200, operationId, outcome.status().spelling(), outcome);
  }

  private HttpReply lookup(String registrationId) {
    return registrar
        .last(registrationId)
        .map(outcome -> HttpReply.json(200, outcome.json().toString()))
        .orElseGet(() -> error(DpsError.NOT_REGISTERED));
  }

  private static HttpReply operation(
      int httpStatus, String id, String status, @Nullable Registration outcome) {
    JsonObject json = new JsonObject();
    json.addProperty("operationId", id);
    json.addProperty("status", status);
    if (outcome != null) {
      json.add("registrationState", outcome.json());
    }
    return HttpReply.json(httpStatus, json.toString());
  }

  private HttpReply error(DpsError error) {
    return error.reply(dps.clock().instant());
  }

  private static boolean named(JsonObject body, String registrationId) {
    JsonElement name = body.get("registrationId");
    return name != null && name.isJsonPrimitive() && name.getAsString().equals(registrationId);
  }

  private static Optional<JsonObject> object(byte[] body) {
    try {
      JsonElement element = JsonParser.parseString(new String(body, StandardCharsets.UTF_8));
      return element.isJsonObject() ? Optional.of(element.getAsJsonObject()) : Optional.empty();
    } catch (JsonParseException e) {
      return Optional.empty();
    }
  }
}
