/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.link.probe;

import io.rejoin.azure.iothub.link.HubAnswers;
import io.rejoin.azure.iothub.link.LinkRuntime;
import io.rejoin.azure.iothub.link.LinkSettings;
import io.rejoin.azure.iothub.link.SasToken;
import io.rejoin.azure.iothub.link.SdkFailures;
import io.rejoin.azure.iothub.link.socket.CertificateName;
import io.rejoin.azure.iothub.link.socket.LinkSockets;
import io.rejoin.provisioning.DeviceCredential;
import io.rejoin.retry.Failure;
import io.rejoin.retry.FailureKind;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Asks by a request that changes nothing: it completes a cloud-to-device message that nobody has
 * locked. A hub that knows and accepts the device has to answer that there is no such lock; one
 * that does not, says why. Not verified on Azure; whatever is not understood counts as unknown.
 *
 * <p>Receiving a message instead would lock it and count as a delivery; sending one is billed.
 *
 * <p>Opens its own connection, by the same way as the link: all addresses, the proxy with its
 * password, cut off when the time is up. {@code java.net.http} does none of these.
 */
public final class HttpsHubProbe implements HubProbe {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Duration TOKEN_LIFE = Duration.ofMinutes(5);

  /** IoT Hub takes no token of a device whose clock is further off than this. */
  private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);

  /** Hubs ask for a client's certificate by renegotiation, which TLS 1.3 does not have. */
  private static final List<String> WITH_CERTIFICATE = List.of("TLSv1.2");

  private static final int PRECONDITION_FAILED = 412;

  private final LinkRuntime runtime;
  private final @Nullable ProbeRecorder recorder;

  /**
   * A probe.
   *
   * @param recorder writes down what hubs answer, null to keep nothing
   */
  public HttpsHubProbe(LinkRuntime runtime, @Nullable ProbeRecorder recorder) {
    this.runtime = runtime;
    this.recorder = recorder;
  }

  @Override
  public CompletionStage<ProbeAnswer> ask(LinkSettings settings) {
    CompletableFuture<ProbeAnswer> answer = new CompletableFuture<>();
    runtime.workers().execute(() -> answer.complete(askAndWait(settings)));
    return answer;
  }

  private ProbeAnswer askAndWait(LinkSettings settings) {
    CompletableFuture<Boolean> late = new CompletableFuture<>();
    try {
      LinkSockets sockets = sockets(settings);
      Future<?> limit =
          runtime
              .timer()
              .schedule(
                  () -> {
                    late.complete(true);
                    sockets.closeAll();
                  },
                  LIMIT.toMillis(),
                  TimeUnit.MILLISECONDS);
      try {
        return judge(settings, exchange(settings, sockets));
      } finally {
        limit.cancel(false);
        sockets.closeAll();
      }
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      Failure failure = SdkFailures.classify(e, SdkFailures.Moment.OPENING);
      return new ProbeAnswer(
          late.isDone() ? notAsked(timedOut()) : notAsked(settings, failure), null);
    }
  }

  private LinkSockets sockets(LinkSettings settings) throws GeneralSecurityException {
    KeyManager[] keys =
        settings.credential() instanceof DeviceCredential.Certificate certificate
            ? certificate.keyManagers()
            : null;
    SSLSocketFactory tls = settings.trust().context(keys).getSocketFactory();
    return new LinkSockets(
        runtime.resolver(),
        settings.https(),
        tls,
        keys == null ? LinkSockets.TLS : WITH_CERTIFICATE,
        runtime.nanoTime(),
        LIMIT);
  }

  private HttpAnswer exchange(LinkSettings settings, LinkSockets sockets) throws IOException {
    SSLSocket socket = sockets.connect();
    socket.getOutputStream().write(request(settings).getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
    HttpAnswer answer = HttpAnswer.read(socket.getInputStream());
    if (recorder != null) {
      recorder.record(runtime.clock().instant(), settings.host(), settings.deviceId(), answer);
    }
    return answer;
  }

  private String request(LinkSettings settings) {
    String request =
        "DELETE /devices/"
            + URLEncoder.encode(settings.deviceId(), StandardCharsets.UTF_8).replace("+", "%20")
            + "/messages/deviceBound/"
            + UUID.randomUUID()
            + "?api-version=2020-09-30 HTTP/1.1\r\nHost: "
            + settings.host()
            + "\r\nUser-Agent: Rejoin\r\nConnection: close\r\n";
    if (settings.credential() instanceof DeviceCredential.SharedKey key) {
      Instant hubTime = runtime.clock().instant().plus(settings.clockSkew());
      request +=
          "Authorization: "
              + SasToken.sign(key, settings.host(), settings.deviceId(), hubTime, TOKEN_LIFE).text()
              + "\r\n";
    }
    return request + "\r\n";
  }

  private ProbeAnswer judge(LinkSettings settings, HttpAnswer answer) {
    Duration skew = skew(answer);
    int status = answer.status();
    int code = HubErrorCode.find(status, answer.header("iothub-errorcode"), answer.body());
    if (status / 100 == 2 || status == PRECONDITION_FAILED) {
      return new ProbeAnswer(null, skew);
    }
    if (status == 401 && skew != null && isFar(skew.minus(settings.clockSkew()))) {
      String words = "the hub's is " + skew.toMinutes() + " min ahead of it";
      return new ProbeAnswer(new Failure(FailureKind.CLOCK_WRONG, words, status, code, null), skew);
    }
    String detail = "asked over HTTPS, the hub answered \"" + answer.head().statusLine() + "\"";
    return new ProbeAnswer(HubAnswers.failure(status, code, detail, retryAfter(answer)), skew);
  }

  private static boolean isFar(Duration difference) {
    return difference.abs().compareTo(CLOCK_TOLERANCE) > 0;
  }

  private @Nullable Duration skew(HttpAnswer answer) {
    String date = answer.header("date");
    if (date == null) {
      return null;
    }
    try {
      Instant theirs = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Duration.between(runtime.clock().instant(), theirs);
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** Seconds, which is what IoT Hub sends; HTTP's other form, a date, is not taken. */
  private static @Nullable Duration retryAfter(HttpAnswer answer) {
    String seconds = answer.header("retry-after");
    return seconds != null && seconds.matches("\\d{1,9}")
        ? Duration.ofSeconds(Long.parseLong(seconds))
        : null;
  }

  private static Failure timedOut() {
    return Failure.of(FailureKind.TIMED_OUT, "no answer within " + LIMIT.toSeconds() + " s");
  }

  /** Of all that can go wrong on the way, only who stands in the hub's place is worth knowing. */
  private Failure notAsked(LinkSettings settings, Failure failure) {
    boolean foreign =
        failure.kind() == FailureKind.CAPTIVE_PORTAL
            || (failure.kind() == FailureKind.CERTIFICATE_UNTRUSTED
                && CertificateName.isForeign(runtime.resolver(), settings.https()));
    return foreign ? Failure.of(FailureKind.CAPTIVE_PORTAL, failure.detail()) : notAsked(failure);
  }

  /** Port 443 may be closed, or inspected, where 8883 is open: that does not explain a refusal. */
  private static Failure notAsked(Failure failure) {
    return Failure.of(FailureKind.UNKNOWN, "the hub could not be asked why: " + failure.words());
  }
}
