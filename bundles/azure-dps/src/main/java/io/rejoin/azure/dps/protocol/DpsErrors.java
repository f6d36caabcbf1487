/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.dps.protocol;

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
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * What every failure of a request to the service means, in words, with the remedy: two tables, read
 * from the top, the first row that fits wins.
 *
 * <p>Status and six-digit codes as in the service's REST reference and in public reports: 401002
 * for a refused credential, 404201 for an unknown registration, 400207 for a failed custom
 * allocation. For an unknown id scope none is documented, so its row goes by the words as well.
 */
public final class DpsErrors {

  /** From here on a wrong clock explains a refused token: the service's own tolerance. */
  private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);

  private static final int LONGEST_MESSAGE = 200;

  private static final String FOREIGN_PEER =
      "the certificate is for another name: log in to the network, or check global.endpoint";

  /** A closer look at a failure, taken only when its row wants one. May block for seconds. */
  public interface Diagnosis {
    /** Whether names are resolved at all. */
    boolean otherNameResolves();

    /** Whether the server shows a certificate that is not for the name it was called by. */
    boolean peerHasAnotherName();
  }

  /**
   * An answer that is not what was asked for.
   *
   * @param status the HTTP status
   * @param state the registration's status, such as "failed"; empty when the request itself failed
   * @param code the service's six-digit code, 0 for none
   * @param message the service's words, may be empty
   * @param foreign whether the answer has another form than the service's
   * @param clockOff by how much the gateway's clock is ahead, negative when behind
   */
  record Answered(
      int status,
      String state,
      int code,
      String message,
      boolean foreign,
      Duration clockOff,
      Attestation attestation) {

    boolean says(String word) {
      return message.toLowerCase(Locale.ROOT).contains(word);
    }
  }

  /** What an answer means. */
  record AnswerRow(String name, Predicate<Answered> when, FailureKind kind, String remedy) {}

  /** What a request means that got no answer, and whether it certainly was not sent. */
  record BrokenRow(
      String name,
      Predicate<IOException> when,
      FailureKind kind,
      String remedy,
      boolean neverSent) {}

  static final List<AnswerRow> ANSWERS =
      List.of(
          new AnswerRow(
              "network login",
              a -> a.status() == 511 || (a.status() >= 300 && a.status() < 400),
              FailureKind.CAPTIVE_PORTAL,
              "the network answers with a page of its own: log in to it or allow the service's name"
                  + " in its firewall"),
          new AnswerRow(
              "proxy wants credentials",
              a -> a.status() == 407,
              FailureKind.PROXY_REFUSED,
              "check proxy.user and proxy.password"),
          new AnswerRow(
              "throttled",
              a -> a.status() == 429,
              FailureKind.THROTTLED,
              "too many devices ask at once: nothing to do, the request is made again later"),
          new AnswerRow(
              "service fault",
              a -> a.status() >= 500,
              FailureKind.SERVER_ERROR,
              "nothing to do here: the request is made again later"),
          new AnswerRow(
              "foreign page",
              Answered::foreign,
              FailureKind.CAPTIVE_PORTAL,
              "the answer is not the provisioning service's: check global.endpoint, or log in to"
                  + " the network"),
          new AnswerRow(
              "disabled enrolment",
              a -> a.state().equals("disabled") || a.says("disabled"),
              FailureKind.ENROLMENT_DISABLED,
              "enable its enrolment in the provisioning service, or the group's"),
          new AnswerRow(
              "wrong clock",
              a -> a.status() == 401 && a.clockOff().abs().compareTo(CLOCK_TOLERANCE) > 0,
              FailureKind.CLOCK_WRONG,
              "set the gateway's clock, best by NTP: a token made by this clock is refused"),
          new AnswerRow(
              "refused certificate",
              a -> a.status() == 401 && a.attestation() == Attestation.X509,
              FailureKind.PROVISIONING_UNAUTHORIZED,
              "check that the enrolment has this certificate or its signer, verified, and that"
                  + " registration.id equals the certificate's common name"),
          new AnswerRow(
              "refused key",
              a -> a.status() == 401,
              FailureKind.PROVISIONING_UNAUTHORIZED,
              "check symmetric.key: it must be the enrolment's own key, or for a group the key"
                  + " derived for exactly this registration.id, not the group's; and that the enrolment is"
                  + " enabled"),
          new AnswerRow(
              "unknown id scope",
              a ->
                  a.status() == 404
                      && a.code() != 404201
                      && (a.says("scope") || a.says("provisioning service")),
              FailureKind.ID_SCOPE_UNKNOWN,
              "check id.scope: it is on the overview page of the provisioning service"),
          new AnswerRow(
              "unknown registration",
              a -> a.status() == 404 || a.code() / 1000 == 404,
              FailureKind.REGISTRATION_UNKNOWN,
              "create an enrolment for this registration.id, or check registration.id and id.scope"),
          new AnswerRow(
              "failed custom allocation",
              a -> a.code() == 400207,
              FailureKind.PROVISIONING_FAILED,
              "the enrolment's allocation function failed: check its log, and custom.payload"),
          new AnswerRow(
              "failed registration",
              a -> a.state().equals("failed"),
              FailureKind.PROVISIONING_FAILED,
              "check the enrolment's hubs and its allocation policy in the provisioning service"),
          new AnswerRow(
              "malformed request",
              a -> a.status() == 400,
              FailureKind.MISCONFIGURED,
              "check registration.id, custom.payload and model.id"),
          new AnswerRow(
              "access closed",
              a -> a.status() == 403,
              FailureKind.PROVISIONING_FAILED,
              "the provisioning service is closed to this network: check its networking settings"),
          new AnswerRow(
              "anything else",
              a -> true,
              FailureKind.PROVISIONING_FAILED,
              "the service gave an answer that this release does not know"));

  static final List<BrokenRow> BROKEN =
      List.of(
          new BrokenRow(
              "connect timeout",
              e -> has(e, HttpConnectTimeoutException.class),
              FailureKind.TIMED_OUT,
              "no connection: check that port 443 is open towards the service, or set a proxy",
              true),
          new BrokenRow(
              "answer timeout",
              e -> has(e, HttpTimeoutException.class),
              FailureKind.TIMED_OUT,
              "the connection is there and no answer came",
              false),
          new BrokenRow(
              "unknown name",
              e -> has(e, UnresolvedAddressException.class) || has(e, UnknownHostException.class),
              FailureKind.NAME_SERVICE_DOWN,
              "check the gateway's DNS server and network, global.endpoint and proxy.host",
              true),
          new BrokenRow(
              "no route",
              e -> has(e, NoRouteToHostException.class) || says(e, "unreachable"),
              FailureKind.NETWORK_DOWN,
              "check the gateway's network interfaces and default route",
              true),
          new BrokenRow(
              "proxy refused",
              e -> says(e, "tunnel failed") || says(e, "proxy"),
              FailureKind.PROXY_REFUSED,
              "check proxy.host, proxy.port and the proxy's rules",
              true),
          new BrokenRow(
              "connection refused",
              e -> has(e, ConnectException.class),
              FailureKind.CONNECTION_REFUSED,
              "check global.endpoint or proxy.host and proxy.port, and the firewall",
              true),
          new BrokenRow(
              "server certificate not yet valid",
              e -> has(e, CertificateNotYetValidException.class),
              FailureKind.CERTIFICATE_NOT_YET_VALID,
              "the gateway's clock is behind: set it, best by NTP",
              true),
          new BrokenRow(
              "server certificate expired",
              e -> has(e, CertificateExpiredException.class),
              FailureKind.CERTIFICATE_UNTRUSTED,
              "the server's certificate has expired, or the gateway's clock is ahead",
              true),
          new BrokenRow(
              "foreign certificate",
              e -> says(e, "no subject alternative") || says(e, "no name matching"),
              FailureKind.CAPTIVE_PORTAL,
              FOREIGN_PEER,
              true),
          new BrokenRow(
              "untrusted certificate",
              e ->
                  has(e, CertPathBuilderException.class)
                      || has(e, CertPathValidatorException.class)
                      || has(e, CertificateException.class),
              FailureKind.CERTIFICATE_UNTRUSTED,
              "add the certificate's root (for Azure: DigiCert Global Root G2 and Microsoft RSA Root"
                  + " CA 2017) to the keystore behind SslManagerService.target; behind an inspecting"
                  + " firewall, the firewall's",
              true),
          new BrokenRow(
              "refused client certificate",
              e -> has(e, SSLException.class) && (says(e, "certificate") || says(e, "unknown_ca")),
              FailureKind.PROVISIONING_UNAUTHORIZED,
              "the service refused the client certificate in the TLS handshake: check"
                  + " keystore.alias and the certificate's chain",
              true),
          new BrokenRow(
              "handshake cut off",
              e -> has(e, SSLHandshakeException.class) || says(e, "ssl message"),
              FailureKind.TLS_BROKEN,
              "no TLS with this server: check the firewall, or a proxy that is not configured here",
              true),
          new BrokenRow(
              "TLS broken",
              e -> has(e, SSLException.class),
              FailureKind.TLS_BROKEN,
              "the TLS connection broke",
              false),
          new BrokenRow(
              "not HTTP",
              e -> has(e, ProtocolException.class),
              FailureKind.CAPTIVE_PORTAL,
              "the server does not speak HTTP: check global.endpoint",
              false),
          new BrokenRow(
              "connection closed",
              e ->
                  has(e, EOFException.class)
                      || says(e, "eof")
                      || says(e, "reset")
                      || says(e, "closed")
                      || says(e, "broken pipe")
                      || says(e, "received no bytes"),
              FailureKind.CONNECTION_CLOSED,
              "nothing to do: the request is made again later",
              false),
          new BrokenRow(
              "anything else", e -> true, FailureKind.UNKNOWN, "an unforeseen failure", false));

  private final Attestation attestation;
  private final Diagnosis diagnosis;

  public DpsErrors(Attestation attestation, Diagnosis diagnosis) {
    this.attestation = attestation;
    this.diagnosis = diagnosis;
  }

  /** An answer with an error status, or one that the service cannot have given. */
  Failed answered(DpsAnswer answer, Instant now) {
    JsonObject json = answer.json();
    int code = json == null ? 0 : Json.number(json, "errorCode");
    boolean foreign = json == null && !answer.body().isBlank();
    Answered seen =
        new Answered(
            answer.status(),
            "",
            code,
            json == null ? "" : Json.text(json, "message"),
            foreign || answer.status() / 100 == 2,
            clockOff(answer, now),
            attestation);
    Instant serverTime = HttpDates.parse(answer.date()).orElse(now);
    Duration retryAfter = HttpDates.retryAfter(answer.retryAfter(), serverTime);
    Fate fate = answer.status() >= 500 && code == 0 ? Fate.OPEN : Fate.NOT_TAKEN_ON;
    return new Failed(
        failure(seen, json == null ? "" : Json.text(json, "trackingId"), retryAfter), fate);
  }

  /** A registration that came to an end without a hub. */
  Failed ended(DpsAnswer answer, String state, JsonObject registration) {
    Answered seen =
        new Answered(
            answer.status(),
            state,
            Json.number(registration, "errorCode"),
            Json.text(registration, "errorMessage"),
            false,
            Duration.ZERO,
            attestation);
    return new Failed(failure(seen, "", null), Fate.ENDED);
  }

  /** No answer. */
  Failed broken(IOException e) {
    BrokenRow row = BROKEN.stream().filter(r -> r.when().test(e)).findFirst().orElseThrow();
    FailureKind kind = lookedAtCloser(row.kind());
    String remedy =
        kind == FailureKind.CAPTIVE_PORTAL && kind != row.kind() ? FOREIGN_PEER : row.remedy();
    return new Failed(
        Failure.of(kind, remedy + " (" + words(e) + ")"),
        row.neverSent() ? Fate.NOT_TAKEN_ON : Fate.OPEN);
  }

  private FailureKind lookedAtCloser(FailureKind kind) {
    return switch (kind) {
      case NAME_SERVICE_DOWN -> diagnosis.otherNameResolves() ? FailureKind.NAME_NOT_FOUND : kind;
      case CERTIFICATE_UNTRUSTED ->
          diagnosis.peerHasAnotherName() ? FailureKind.CAPTIVE_PORTAL : kind;
      default -> kind;
    };
  }

  private static Failure failure(Answered seen, String trackingId, @Nullable Duration retryAfter) {
    AnswerRow row = ANSWERS.stream().filter(r -> r.when().test(seen)).findFirst().orElseThrow();
    StringBuilder detail = new StringBuilder(row.remedy());
    if (row.kind() == FailureKind.CLOCK_WRONG) {
      long minutes = seen.clockOff().abs().toMinutes();
      detail.append("; it is ").append(minutes).append(" minutes ");
      detail.append(seen.clockOff().isNegative() ? "behind" : "ahead of").append(" the service's");
    }
    if (!seen.message().isBlank()) {
      detail.append("; the service says: ").append(printable(seen.message()));
    }
    if (!trackingId.isBlank()) {
      detail.append(" (tracking id ").append(printable(trackingId)).append(')');
    }
    return new Failure(row.kind(), detail.toString(), seen.status(), seen.code(), retryAfter);
  }

  private static Duration clockOff(DpsAnswer answer, Instant now) {
    return HttpDates.parse(answer.date())
        .map(date -> Duration.between(date, now))
        .orElse(Duration.ZERO);
  }

  private static boolean has(Throwable e, Class<? extends Throwable> type) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (type.isInstance(t)) {
        return true;
      }
    }
    return false;
  }

  private static boolean says(Throwable e, String lowerCaseWords) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      String message = t.getMessage();
      if (message != null && message.toLowerCase(Locale.ROOT).contains(lowerCaseWords)) {
        return true;
      }
    }
    return false;
  }

  /** The innermost message, which is the one that tells something. */
  private static String words(Throwable e) {
    String words = e.getClass().getSimpleName();
    for (Throwable t = e; t != null; t = t.getCause()) {
      String message = t.getMessage();
      if (message != null && !message.isBlank()) {
        words = message;
      }
    }
    return printable(words);
  }

  /** What a stranger wrote, fit for one line of a log. */
  static String printable(String text) {
    String line = text.replaceAll("\\p{Cntrl}+", " ").trim();
    return line.length() > LONGEST_MESSAGE ? line.substring(0, LONGEST_MESSAGE) + "..." : line;
  }
}
