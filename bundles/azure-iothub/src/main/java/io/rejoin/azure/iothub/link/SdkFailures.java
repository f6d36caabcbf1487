/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.link;

import static io.rejoin.retry.FailureKind.CAPTIVE_PORTAL;
import static io.rejoin.retry.FailureKind.CERTIFICATE_NOT_YET_VALID;
import static io.rejoin.retry.FailureKind.CERTIFICATE_UNTRUSTED;
import static io.rejoin.retry.FailureKind.CONNECTION_CLOSED;
import static io.rejoin.retry.FailureKind.CONNECTION_REFUSED;
import static io.rejoin.retry.FailureKind.CONNECTION_SILENT;
import static io.rejoin.retry.FailureKind.MISCONFIGURED;
import static io.rejoin.retry.FailureKind.NAME_NOT_FOUND;
import static io.rejoin.retry.FailureKind.NETWORK_DOWN;
import static io.rejoin.retry.FailureKind.OWN_CERTIFICATE_EXPIRED;
import static io.rejoin.retry.FailureKind.PROTOCOL_UNSUPPORTED;
import static io.rejoin.retry.FailureKind.PROXY_REFUSED;
import static io.rejoin.retry.FailureKind.REFUSED;
import static io.rejoin.retry.FailureKind.SERVER_ERROR;
import static io.rejoin.retry.FailureKind.SERVER_UNAVAILABLE;
import static io.rejoin.retry.FailureKind.THROTTLED;
import static io.rejoin.retry.FailureKind.TIMED_OUT;
import static io.rejoin.retry.FailureKind.TLS_BROKEN;
import static io.rejoin.retry.FailureKind.UNKNOWN;

import com.microsoft.azure.sdk.iot.device.transport.TransportException;
import io.rejoin.azure.iothub.link.socket.ProxyRefusedException;
import io.rejoin.azure.iothub.link.socket.Unreachable;
import io.rejoin.azure.iothub.link.socket.UpgradeRefusedException;
import io.rejoin.retry.Failure;
import io.rejoin.retry.FailureKind;
import java.io.IOException;
import java.lang.reflect.InaccessibleObjectException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateNotYetValidException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.jspecify.annotations.Nullable;

/**
 * The error filter for MQTT: what an exception of the SDK means. One table; the first row that fits
 * any exception of the chain wins. Pure.
 *
 * <p>The SDK's own verdict, {@code isRetryable}, is not used: it calls a TLS handshake that a
 * restart cut off final, and an untrusted certificate retryable.
 */
public final class SdkFailures {

  /** When something was thrown. */
  public enum Moment {
    /** While the link was opening. */
    OPENING,
    /** When the link was open. */
    OPEN
  }

  private record Row(Predicate<Throwable> fits, FailureKind whenOpening, FailureKind whenOpen) {}

  private static final List<Row> TABLE =
      List.of(
          row(ProxyRefusedException.class, e -> true, PROXY_REFUSED),
          row(UpgradeRefusedException.class, e -> e.status() / 100 == 3, CAPTIVE_PORTAL),
          row(UpgradeRefusedException.class, e -> e.status() == 429, THROTTLED),
          row(UpgradeRefusedException.class, e -> e.status() / 100 == 5, SERVER_ERROR),
          row(UpgradeRefusedException.class, e -> true, UNKNOWN),
          // CONNACK. IoT Hub refuses with 5 whatever the reason; 6 to 255 do not exist in MQTT
          // 3.1.1,
          // where Paho has client errors of its own from 6 on.
          mqtt(1, 1, PROTOCOL_UNSUPPORTED),
          mqtt(2, 2, REFUSED),
          mqtt(3, 3, SERVER_UNAVAILABLE),
          mqtt(4, 5, REFUSED),
          mqtt(6, 255, UNKNOWN),
          // Certificates: the server's.
          row(CertificateNotYetValidException.class, e -> true, CERTIFICATE_NOT_YET_VALID),
          row(CertificateException.class, SdkFailures::namesSomebodyElse, CAPTIVE_PORTAL),
          row(SSLPeerUnverifiedException.class, e -> true, CAPTIVE_PORTAL),
          row(CertificateException.class, e -> true, CERTIFICATE_UNTRUSTED),
          row(CertPathBuilderException.class, e -> true, CERTIFICATE_UNTRUSTED),
          row(CertPathValidatorException.class, e -> true, CERTIFICATE_UNTRUSTED),
          // Certificates: the device's own. With TLS 1.3 the server complains after the handshake.
          row(SSLException.class, alert("certificate_expired"), OWN_CERTIFICATE_EXPIRED),
          row(SSLException.class, alert("certificate_"), REFUSED),
          row(SSLException.class, alert("bad_certificate"), REFUSED),
          row(SSLException.class, alert("unsupported_certificate"), REFUSED),
          row(SSLException.class, alert("unknown_ca"), REFUSED),
          row(SSLException.class, alert("access_denied"), REFUSED),
          // The rest of TLS.
          row(SSLException.class, alert("protocol_version"), PROTOCOL_UNSUPPORTED),
          row(SSLException.class, says("protocol version"), PROTOCOL_UNSUPPORTED),
          row(SSLException.class, says("Unsupported or unrecognized SSL message"), CAPTIVE_PORTAL),
          row(SSLException.class, e -> true, TLS_BROKEN, CONNECTION_CLOSED),
          row(GeneralSecurityException.class, e -> true, MISCONFIGURED),
          // Addresses and sockets.
          row(UnknownHostException.class, e -> true, NAME_NOT_FOUND),
          row(IOException.class, Unreachable::is, NETWORK_DOWN),
          row(SocketTimeoutException.class, e -> true, TIMED_OUT, CONNECTION_SILENT),
          row(ConnectException.class, says("timed out"), TIMED_OUT),
          row(ConnectException.class, e -> true, CONNECTION_REFUSED, CONNECTION_CLOSED),
          mqtt(MqttException.REASON_CODE_CLIENT_TIMEOUT, TIMED_OUT, CONNECTION_SILENT),
          mqtt(MqttException.REASON_CODE_WRITE_TIMEOUT, TIMED_OUT, CONNECTION_SILENT),
          row(IOException.class, e -> true, CONNECTION_CLOSED),
          mqtt(MqttException.REASON_CODE_CONNECTION_LOST, CONNECTION_CLOSED, CONNECTION_CLOSED),
          mqtt(
              MqttException.REASON_CODE_CLIENT_NOT_CONNECTED, CONNECTION_CLOSED, CONNECTION_CLOSED),
          mqtt(
              MqttException.REASON_CODE_CLIENT_DISCONNECTING, CONNECTION_CLOSED, CONNECTION_CLOSED),
          row(TransportException.class, says("mqtt client is disconnected"), CONNECTION_CLOSED),
          // What the SDK does to names it does not like.
          row(InaccessibleObjectException.class, e -> true, MISCONFIGURED));

  private SdkFailures() {}

  /** What an exception means. Never null; what is not in the table is unknown, so retried. */
  public static Failure classify(Throwable thrown, Moment moment) {
    List<Throwable> chain = chain(thrown);
    for (Row row : TABLE) {
      for (Throwable link : chain) {
        if (row.fits().test(link)) {
          FailureKind kind = moment == Moment.OPENING ? row.whenOpening() : row.whenOpen();
          return new Failure(kind, words(link, chain), status(link), 0, null);
        }
      }
    }
    Throwable root = chain.get(chain.size() - 1);
    return Failure.of(UNKNOWN, root.toString());
  }

  private static int status(Throwable link) {
    if (link instanceof ProxyRefusedException refused) {
      return refused.status();
    }
    return link instanceof UpgradeRefusedException refused ? refused.status() : 0;
  }

  private static String words(Throwable link, List<Throwable> chain) {
    if (link instanceof MqttException mqtt) {
      int code = mqtt.getReasonCode();
      return code < 256 ? "MQTT return code " + code : "MQTT client: " + mqtt.getMessage();
    }
    if (link instanceof GeneralSecurityException) {
      return String.valueOf(chain.get(chain.size() - 1).getMessage());
    }
    return link.getMessage() == null ? link.getClass().getSimpleName() : link.getMessage();
  }

  private static List<Throwable> chain(Throwable thrown) {
    List<Throwable> chain = new ArrayList<>();
    for (@Nullable Throwable t = thrown; t != null && !chain.contains(t); t = t.getCause()) {
      chain.add(t);
    }
    return chain;
  }

  /** JSSE has no class for "valid, but for another name": only its words tell. */
  private static boolean namesSomebodyElse(CertificateException e) {
    String message = String.valueOf(e.getMessage());
    return message.contains("No name matching")
        || message.contains("No subject alternative")
        || message.contains("Illegal given domain name");
  }

  private static Predicate<Throwable> alert(String name) {
    return says("Received fatal alert: " + name);
  }

  private static Predicate<Throwable> says(String words) {
    return e -> String.valueOf(e.getMessage()).contains(words);
  }

  private static Row mqtt(int from, int to, FailureKind kind) {
    return row(
        MqttException.class, e -> e.getReasonCode() >= from && e.getReasonCode() <= to, kind);
  }

  private static Row mqtt(int code, FailureKind whenOpening, FailureKind whenOpen) {
    return row(MqttException.class, e -> e.getReasonCode() == code, whenOpening, whenOpen);
  }

  private static <T extends Throwable> Row row(
      Class<T> type, Predicate<? super T> fits, FailureKind kind) {
    return row(type, fits, kind, kind);
  }

  private static <T extends Throwable> Row row(
      Class<T> type, Predicate<? super T> fits, FailureKind whenOpening, FailureKind whenOpen) {
    return new Row(e -> type.isInstance(e) && fits.test(type.cast(e)), whenOpening, whenOpen);
  }
}
