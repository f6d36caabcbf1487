/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.link;

import static io.rejoin.azure.iothub.link.SdkFailures.Moment.OPEN;
import static io.rejoin.azure.iothub.link.SdkFailures.Moment.OPENING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.microsoft.azure.sdk.iot.device.transport.TransportException;
import com.microsoft.azure.sdk.iot.device.transport.mqtt.exceptions.PahoExceptionTranslator;
import io.rejoin.retry.Failure;
import io.rejoin.retry.FailureKind;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One case a row, wrapped as the SDK wraps it. That the SDK really throws these is shown with real
 * sockets in itests/link.
 */
class SdkFailuresTest {

  static Stream<Arguments> rows() {
    return Stream.of(
        // The network.
        row(paho(0, new UnknownHostException("hub.test")), "NAME_NOT_FOUND", "hub.test"),
        row(
            paho(0, new NoRouteToHostException("1.2.3.4: No route to host")),
            "NETWORK_DOWN",
            "1.2.3.4: No route to host"),
        row(
            paho(0, new ConnectException("1.2.3.4: Network is unreachable")),
            "NETWORK_DOWN",
            "1.2.3.4: Network is unreachable"),
        row(
            paho(32103, new ConnectException("1.2.3.4: Connection refused")),
            "CONNECTION_REFUSED",
            "1.2.3.4: Connection refused"),
        row(
            paho(32103, new ConnectException("1.2.3.4: Connection timed out")),
            "TIMED_OUT",
            "1.2.3.4: Connection timed out"),
        row(
            paho(0, new SocketTimeoutException("connect timed out")),
            "TIMED_OUT",
            "connect timed out"),
        row(
            paho(0, new SocketException("Connection reset")),
            "CONNECTION_CLOSED",
            "Connection reset"),
        row(paho(32109, new EOFException()), "CONNECTION_CLOSED", "EOFException"),
        // TLS.
        row(
            paho(0, new SSLHandshakeException("Remote host terminated the handshake")),
            "TLS_BROKEN",
            "Remote host terminated the handshake"),
        row(
            paho(0, tls(new CertPathValidatorException("validity check failed"))),
            "CERTIFICATE_UNTRUSTED",
            "validity check failed"),
        row(
            paho(0, tls(new CertificateExpiredException("NotAfter: yesterday"))),
            "CERTIFICATE_UNTRUSTED",
            "NotAfter: yesterday"),
        row(
            paho(0, tls(new CertificateNotYetValidException("NotBefore: tomorrow"))),
            "CERTIFICATE_NOT_YET_VALID",
            "NotBefore: tomorrow"),
        row(
            paho(0, tls(new CertificateException("No name matching hub.test found"))),
            "CAPTIVE_PORTAL",
            "No name matching hub.test found"),
        row(
            paho(0, new SSLException("Unsupported or unrecognized SSL message")),
            "CAPTIVE_PORTAL",
            "Unsupported or unrecognized SSL message"),
        row(
            paho(0, new SSLHandshakeException("Received fatal alert: protocol_version")),
            "PROTOCOL_UNSUPPORTED",
            "Received fatal alert: protocol_version"),
        // The device's certificate, after the handshake as TLS 1.3 has it.
        row(
            paho(32109, new SSLException("Received fatal alert: certificate_expired")),
            "OWN_CERTIFICATE_EXPIRED",
            "Received fatal alert: certificate_expired"),
        row(
            paho(32109, new SSLException("Received fatal alert: bad_certificate")),
            "REFUSED",
            "Received fatal alert: bad_certificate"),
        row(
            paho(32109, new SSLException("Received fatal alert: unknown_ca")),
            "REFUSED",
            "Received fatal alert: unknown_ca"),
        row(new GeneralSecurityException("no such key"), "MISCONFIGURED", "no such key"),
        // MQTT.
        row(paho(1), "PROTOCOL_UNSUPPORTED", "MQTT return code 1"),
        row(paho(2), "REFUSED", "MQTT return code 2"),
        row(paho(3), "SERVER_UNAVAILABLE", "MQTT return code 3"),
        row(paho(4), "REFUSED", "MQTT return code 4"),
        row(paho(5), "REFUSED", "MQTT return code 5"),
        row(paho(6), "UNKNOWN", "MQTT return code 6"),
        row(paho(255), "UNKNOWN", "MQTT return code 255"),
        row(
            new TransportException("Cannot subscribe when mqtt client is disconnected"),
            "CONNECTION_CLOSED",
            "Cannot subscribe when mqtt client is disconnected"),
        // What nobody expects.
        row(
            new IllegalStateException("surprise"),
            "UNKNOWN",
            "java.lang.IllegalStateException: surprise"),
        row(
            new NoClassDefFoundError("some/Thing"),
            "UNKNOWN",
            "java.lang.NoClassDefFoundError: some/Thing"));
  }

  @ParameterizedTest(name = "{1}: {2}")
  @MethodSource("rows")
  void shouldKnowWhatAFailedOpeningMeans(Throwable thrown, FailureKind kind, String detail) {
    assertEquals(Failure.of(kind, detail), SdkFailures.classify(thrown, OPENING));
  }

  static Stream<Arguments> losses() {
    return Stream.of(
        row(paho(32109, new EOFException()), "CONNECTION_CLOSED", "EOFException"),
        row(
            paho(32109, new SSLException("closing inbound")),
            "CONNECTION_CLOSED",
            "closing inbound"),
        row(
            paho(32109, new SocketException("Connection reset")),
            "CONNECTION_CLOSED",
            "Connection reset"),
        row(
            paho(32109, new SocketTimeoutException("Read timed out")),
            "CONNECTION_SILENT",
            "Read timed out"),
        row(paho(32000), "CONNECTION_SILENT", "MQTT client: " + paho(32000).getMessage()),
        row(paho(32002), "CONNECTION_SILENT", "MQTT client: " + paho(32002).getMessage()),
        row(
            paho(0, new IllegalArgumentException("Unexpected property string")),
            "UNKNOWN",
            "java.lang.IllegalArgumentException: Unexpected property string"));
  }

  @ParameterizedTest(name = "{1}: {2}")
  @MethodSource("losses")
  void shouldKnowWhatALossMeans(Throwable thrown, FailureKind kind, String detail) {
    assertEquals(Failure.of(kind, detail), SdkFailures.classify(thrown, OPEN));
  }

  @Test
  void shouldTakeNoAnswerToConnectForATimeout() {
    assertEquals(FailureKind.TIMED_OUT, SdkFailures.classify(paho(32000), OPENING).kind());
  }

  @Test
  void shouldNotGoRoundInCircles() {
    Exception one = new IOException("one");
    Exception other = new IllegalStateException("other", one);
    one.initCause(other);

    assertEquals(FailureKind.CONNECTION_CLOSED, SdkFailures.classify(one, OPENING).kind());
  }

  private static Arguments row(Throwable thrown, String kind, String detail) {
    Throwable wrapped =
        thrown instanceof MqttException paho
            ? PahoExceptionTranslator.convertToMqttException(paho, "Unable to establish")
            : thrown;
    boolean bySdk = wrapped instanceof TransportException;
    return arguments(
        bySdk ? ((TransportException) wrapped).toIotHubClientException() : wrapped,
        FailureKind.valueOf(kind),
        detail);
  }

  private static MqttException paho(int code) {
    return new MqttException(code);
  }

  private static MqttException paho(int code, Throwable cause) {
    return code == 0 ? new MqttException(cause) : new MqttException(code, cause);
  }

  private static SSLHandshakeException tls(Throwable cause) {
    SSLHandshakeException e = new SSLHandshakeException(cause.getMessage());
    e.initCause(cause);
    return e;
  }
}
