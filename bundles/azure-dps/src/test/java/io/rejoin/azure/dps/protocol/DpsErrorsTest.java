/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.dps.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import io.rejoin.azure.dps.identity.Attestation;
import io.rejoin.azure.dps.protocol.DpsReply.Failed;
import io.rejoin.azure.dps.protocol.DpsReply.Fate;
import io.rejoin.retry.Failure;
import io.rejoin.retry.FailureKind;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One sample for each row of both tables, and a check that no row is without one. */
class DpsErrorsTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final String NOW_HEADER = "Sun, 01 Mar 2026 12:00:00 GMT";

  /**
   * @param state of a registration that ended, null for a refused request
   */
  private record Sample(
      Attestation attestation,
      @Nullable String state,
      int status,
      String body,
      String date,
      FailureKind kind,
      Fate fate) {

    static Sample of(int status, String body, FailureKind kind) {
      return new Sample(
          Attestation.SYMMETRIC_KEY, null, status, body, NOW_HEADER, kind, Fate.NOT_TAKEN_ON);
    }

    static Sample ended(String state, int code, FailureKind kind) {
      String body = "{\"errorCode\":" + code + ",\"errorMessage\":\"no luck\"}";
      return new Sample(Attestation.SYMMETRIC_KEY, state, 200, body, NOW_HEADER, kind, Fate.ENDED);
    }

    Sample open() {
      return new Sample(attestation, state, status, body, date, kind, Fate.OPEN);
    }

    Sample at(String date) {
      return new Sample(attestation, state, status, body, date, kind, fate);
    }

    Sample withX509() {
      return new Sample(Attestation.X509, state, status, body, date, kind, fate);
    }

    Failed judged() {
      DpsErrors errors = new DpsErrors(attestation, new FakeDiagnosis(false, false));
      DpsAnswer answer = new DpsAnswer(status, body, null, date);
      JsonObject json = answer.json();
      return state == null || json == null
          ? errors.answered(answer, NOW)
          : errors.ended(answer, state, json);
    }
  }

  private static final String UNAUTHORIZED =
      "{\"errorCode\":401002,\"trackingId\":\"8ad0463c\",\"message\":\"Unauthorized\"}";

  private static Map<String, Sample> answers() {
    Map<String, Sample> samples = new LinkedHashMap<>();
    samples.put("network login", Sample.of(511, "", FailureKind.CAPTIVE_PORTAL).open());
    samples.put("proxy wants credentials", Sample.of(407, "", FailureKind.PROXY_REFUSED));
    samples.put("throttled", Sample.of(429, "", FailureKind.THROTTLED));
    samples.put("service fault", Sample.of(502, "<html>", FailureKind.SERVER_ERROR).open());
    samples.put("foreign page", Sample.of(404, "<html>", FailureKind.CAPTIVE_PORTAL));
    samples.put("disabled enrolment", Sample.ended("disabled", 0, FailureKind.ENROLMENT_DISABLED));
    samples.put(
        "wrong clock",
        Sample.of(401, UNAUTHORIZED, FailureKind.CLOCK_WRONG).at("Sun, 01 Mar 2026 12:05:01 GMT"));
    samples.put(
        "refused certificate",
        Sample.of(401, UNAUTHORIZED, FailureKind.PROVISIONING_UNAUTHORIZED).withX509());
    samples.put("refused key", Sample.of(401, UNAUTHORIZED, FailureKind.PROVISIONING_UNAUTHORIZED));
    samples.put(
        "unknown id scope",
        Sample.of(
            404,
            "{\"errorCode\":404001,\"message\":\"Id scope not found\"}",
            FailureKind.ID_SCOPE_UNKNOWN));
    samples.put(
        "unknown registration",
        Sample.of(
            404,
            "{\"errorCode\":404201,\"message\":\"Enrollment not found\"}",
            FailureKind.REGISTRATION_UNKNOWN));
    samples.put(
        "failed custom allocation",
        Sample.ended("failed", 400207, FailureKind.PROVISIONING_FAILED));
    samples.put("failed registration", Sample.ended("failed", 0, FailureKind.PROVISIONING_FAILED));
    samples.put(
        "malformed request", Sample.of(400, "{\"errorCode\":400000}", FailureKind.MISCONFIGURED));
    samples.put("access closed", Sample.of(403, "", FailureKind.PROVISIONING_FAILED));
    samples.put("anything else", Sample.of(418, "", FailureKind.PROVISIONING_FAILED));
    return samples;
  }

  static Stream<String> answerRows() {
    return DpsErrors.ANSWERS.stream().map(DpsErrors.AnswerRow::name);
  }

  @ParameterizedTest
  @MethodSource("answerRows")
  void shouldKnowTheAnswer(String row) {
    Sample sample = answers().get(row);
    DpsErrors.AnswerRow expected =
        DpsErrors.ANSWERS.stream().filter(r -> r.name().equals(row)).findFirst().orElseThrow();

    Failed failed = sample.judged();

    assertEquals(sample.kind(), failed.failure().kind(), failed.failure().words());
    assertEquals(sample.fate(), failed.fate(), failed.failure().words());
    assertTrue(failed.failure().detail().startsWith(expected.remedy()), failed.failure().detail());
  }

  private record Broken(IOException exception, FailureKind kind) {}

  private static Map<String, Broken> broken() {
    Map<String, Broken> samples = new LinkedHashMap<>();
    put(samples, "connect timeout", new HttpConnectTimeoutException("x"), FailureKind.TIMED_OUT);
    put(samples, "answer timeout", new HttpTimeoutException("x"), FailureKind.TIMED_OUT);
    put(
        samples,
        "unknown name",
        because(new ConnectException(), new UnresolvedAddressException()),
        FailureKind.NAME_SERVICE_DOWN);
    put(samples, "no route", new NoRouteToHostException("x"), FailureKind.NETWORK_DOWN);
    put(
        samples,
        "proxy refused",
        new IOException("Tunnel failed, got: 502"),
        FailureKind.PROXY_REFUSED);
    put(
        samples,
        "connection refused",
        new ConnectException("Connection refused"),
        FailureKind.CONNECTION_REFUSED);
    put(
        samples,
        "server certificate not yet valid",
        handshake(new CertPathValidatorException(new CertificateNotYetValidException("x"))),
        FailureKind.CERTIFICATE_NOT_YET_VALID);
    put(
        samples,
        "server certificate expired",
        handshake(new CertPathValidatorException(new CertificateExpiredException("x"))),
        FailureKind.CERTIFICATE_UNTRUSTED);
    put(
        samples,
        "foreign certificate",
        handshake(new CertificateException("No subject alternative DNS name matching dps found.")),
        FailureKind.CAPTIVE_PORTAL);
    put(
        samples,
        "untrusted certificate",
        handshake(new CertPathValidatorException("PKIX path building failed")),
        FailureKind.CERTIFICATE_UNTRUSTED);
    put(
        samples,
        "refused client certificate",
        new SSLHandshakeException("Received fatal alert: bad_certificate"),
        FailureKind.PROVISIONING_UNAUTHORIZED);
    put(
        samples,
        "handshake cut off",
        new SSLHandshakeException("Remote host terminated the handshake"),
        FailureKind.TLS_BROKEN);
    put(samples, "TLS broken", new SSLException("Tag mismatch"), FailureKind.TLS_BROKEN);
    put(
        samples,
        "not HTTP",
        new ProtocolException("Invalid status line: \"220 mail\""),
        FailureKind.CAPTIVE_PORTAL);
    put(samples, "connection closed", new EOFException(), FailureKind.CONNECTION_CLOSED);
    put(samples, "anything else", new IOException("x"), FailureKind.UNKNOWN);
    return samples;
  }

  static Stream<String> brokenRows() {
    return DpsErrors.BROKEN.stream().map(DpsErrors.BrokenRow::name);
  }

  @ParameterizedTest
  @MethodSource("brokenRows")
  void shouldKnowWhyThereIsNoAnswer(String row) {
    Broken sample = broken().get(row);
    DpsErrors.BrokenRow expected =
        DpsErrors.BROKEN.stream().filter(r -> r.name().equals(row)).findFirst().orElseThrow();

    Failed failed = errors().broken(sample.exception());

    assertEquals(sample.kind(), failed.failure().kind());
    assertEquals(expected.neverSent() ? Fate.NOT_TAKEN_ON : Fate.OPEN, failed.fate());
    assertTrue(failed.failure().detail().startsWith(expected.remedy()), failed.failure().detail());
    assertEquals(0, failed.failure().httpStatus());
  }

  @Test
  void shouldTellWhatIsCommonInWordsThatVary() {
    for (IOException closed :
        List.of(
            new IOException("Connection reset"),
            new SocketException("Connection reset by peer"),
            new IOException("Broken pipe"),
            new IOException("HTTP/1.1 header parser received no bytes"),
            new IOException("closed"))) {
      assertEquals(
          FailureKind.CONNECTION_CLOSED,
          errors().broken(closed).failure().kind(),
          closed::toString);
    }
    assertEquals(
        FailureKind.NETWORK_DOWN,
        errors().broken(new ConnectException("Network is unreachable")).failure().kind());
    assertEquals(
        FailureKind.NAME_SERVICE_DOWN,
        errors().broken(new UnknownHostException("dps")).failure().kind());
  }

  @Test
  void shouldLookCloserWhereThatHelps() {
    DpsErrors errors = new DpsErrors(Attestation.SYMMETRIC_KEY, new FakeDiagnosis(true, true));

    assertEquals(
        FailureKind.NAME_NOT_FOUND,
        errors.broken(new UnknownHostException("dps")).failure().kind());
    Failure portal = errors.broken(handshake(new CertPathValidatorException("PKIX"))).failure();
    assertEquals(FailureKind.CAPTIVE_PORTAL, portal.kind());
    assertTrue(portal.detail().contains("log in to the network"), portal.detail());
  }

  @Test
  void shouldNotBlameTheClockWithinTheTolerance() {
    Sample sample =
        Sample.of(401, UNAUTHORIZED, FailureKind.PROVISIONING_UNAUTHORIZED)
            .at("Sun, 01 Mar 2026 12:05:00 GMT");

    assertEquals(FailureKind.PROVISIONING_UNAUTHORIZED, sample.judged().failure().kind());
  }

  @Test
  void shouldSayByHowMuchAndInWhichDirectionTheClockIsWrong() {
    Sample sample = answers().get("wrong clock");

    String behind = sample.at("Sun, 01 Mar 2026 12:42:30 GMT").judged().failure().detail();
    String ahead = sample.at("Sun, 01 Mar 2026 10:00:00 GMT").judged().failure().detail();

    assertTrue(behind.contains("42 minutes behind the service's"), behind);
    assertTrue(ahead.contains("120 minutes ahead of the service's"), ahead);
  }

  @Test
  void shouldHandOnTheServicesWordsNumbersAndTrackingId() {
    Failure failure = answers().get("refused key").judged().failure();

    assertEquals(401, failure.httpStatus());
    assertEquals(401002, failure.subCode());
    assertTrue(failure.detail().contains("the service says: Unauthorized"), failure.detail());
    assertTrue(failure.detail().contains("(tracking id 8ad0463c)"), failure.detail());
  }

  @Test
  void shouldHandOnRetryAfterExactly() {
    assertEquals(Duration.ofMinutes(30), retryAfter(429, "1800", NOW_HEADER));
    assertEquals(
        Duration.ofSeconds(90), retryAfter(503, "Sun, 01 Mar 2026 12:01:30 GMT", NOW_HEADER));
    assertEquals(Duration.ZERO, retryAfter(503, "Sun, 01 Mar 2026 11:00:00 GMT", NOW_HEADER));
    assertNull(retryAfter(503, "soon", NOW_HEADER));
    assertNull(retryAfter(503, "-5", NOW_HEADER));
    assertNull(retryAfter(503, null, NOW_HEADER));
  }

  /** The gateway's own clock may be anywhere. */
  @Test
  void shouldMeasureARetryAfterDateByTheServersClock() {
    assertEquals(
        Duration.ofSeconds(30),
        retryAfter(429, "Thu, 01 Jan 2032 00:00:30 GMT", "Thu, 01 Jan 2032 00:00:00 GMT"));
  }

  @Test
  void shouldNotCountAServiceFaultThatTheServiceOwnsUpTo() {
    assertEquals(
        Fate.NOT_TAKEN_ON,
        Sample.of(500, "{\"errorCode\":500001}", FailureKind.SERVER_ERROR).judged().fate());
    assertEquals(Fate.OPEN, Sample.of(504, "", FailureKind.SERVER_ERROR).judged().fate());
  }

  @Test
  void shouldKeepAStrangersWordsInOneShortLine() {
    String body =
        "{\"errorCode\":400000,\"message\":\"a\\nWARN forged\\u0007" + "x".repeat(999) + "\"}";

    String detail = Sample.of(400, body, FailureKind.MISCONFIGURED).judged().failure().detail();

    assertFalse(detail.contains("\n"), detail);
    assertTrue(detail.length() < 400, detail);
  }

  private static @Nullable Duration retryAfter(
      int status, @Nullable String retryAfter, String date) {
    return errors()
        .answered(new DpsAnswer(status, "", retryAfter, date), NOW)
        .failure()
        .retryAfter();
  }

  private static DpsErrors errors() {
    return new DpsErrors(Attestation.SYMMETRIC_KEY, new FakeDiagnosis(false, false));
  }

  private static IOException handshake(Exception cause) {
    return because(new SSLHandshakeException("x"), cause);
  }

  private static IOException because(IOException exception, Exception cause) {
    exception.initCause(cause);
    return exception;
  }

  private static void put(
      Map<String, Broken> samples, String row, IOException exception, FailureKind kind) {
    samples.put(row, new Broken(exception, kind));
  }
}
