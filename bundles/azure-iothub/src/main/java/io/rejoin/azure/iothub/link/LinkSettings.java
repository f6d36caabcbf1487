/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.link;

import io.rejoin.azure.iothub.link.socket.Destination;
import io.rejoin.azure.iothub.link.socket.HttpProxy;
import io.rejoin.azure.iothub.link.socket.ServerTrust;
import io.rejoin.provisioning.DeviceCredential;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Everything that one attempt to connect needs to know. Checked when made: each complaint is one
 * line that names the setting.
 *
 * @param host the hub's host name, such as {@code factory.azure-devices.net}: a port is not
 *     allowed, since the SDK adds its own
 * @param deviceId the device's id at the hub
 * @param credential how the device proves who it is
 * @param trust whose word for the hub is believed
 * @param transport how MQTT travels; WebSockets do not go together with a certificate
 * @param proxy the HTTP proxy to go through, null for none
 * @param mqttPort where MQTT is spoken: the transport's own port, unless something forwards another
 * @param httpsPort where HTTPS is spoken: 443, unless something forwards another
 * @param keepAlive MQTT's keep-alive; a silent connection is noticed after at most 1.5 times this.
 *     1 to 1177 s, the longest that IoT Hub grants
 * @param connectTimeout for name, TCP, TLS and CONNACK together; 1 to 60 s, where the SDK gives up
 * @param tokenLife how long a token lives at most; each lives 75 to 95 % of it, so that the tokens
 *     of a fleet do not run out together. 1 min to 365 days
 * @param clockSkew the hub's clock minus the gateway's
 * @param modelId the device's IoT Plug and Play model, null for none
 * @param referenceName another name to look up when the hub's name is not found: if it is not found
 *     either, the name service is down and nothing is known of the hub
 */
public record LinkSettings(
    String host,
    String deviceId,
    DeviceCredential credential,
    ServerTrust trust,
    Transport transport,
    @Nullable HttpProxy proxy,
    int mqttPort,
    int httpsPort,
    Duration keepAlive,
    Duration connectTimeout,
    Duration tokenLife,
    Duration clockSkew,
    @Nullable String modelId,
    String referenceName) {

  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]*");
  private static final Pattern DEVICE_ID = Pattern.compile("[A-Za-z0-9.%_*?!(),:=@$'-]{1,128}");

  public LinkSettings {
    Objects.requireNonNull(credential, "credential");
    Objects.requireNonNull(trust, "trust");
    Objects.requireNonNull(clockSkew, "clockSkew");
    if (!HOST.matcher(host).matches() || !host.contains(".")) {
      throw new IllegalArgumentException(
          "hub host name \"" + host + "\" is not a full name such as factory.azure-devices.net");
    }
    if (!DEVICE_ID.matcher(deviceId).matches()) {
      throw new IllegalArgumentException(
          "device id \""
              + deviceId
              + "\" has other than 1 to 128 of: letters digits . % _ * ? ! ( )"
              + " , : = @ $ ' -");
    }
    if (transport == Transport.MQTT_WS && credential instanceof DeviceCredential.Certificate) {
      throw new IllegalArgumentException(
          "transport MQTT over WebSockets does not take a certificate: IoT Hub is not known to"
              + " accept it; use MQTT, or a symmetric key");
    }
    requireBetween("keep-alive", keepAlive, Duration.ofSeconds(1), Duration.ofSeconds(1177));
    requireBetween(
        "connect timeout", connectTimeout, Duration.ofSeconds(1), Duration.ofSeconds(60));
    requireBetween("token life", tokenLife, Duration.ofMinutes(1), Duration.ofDays(365));
  }

  /** Where MQTT is spoken. */
  public Destination mqtt() {
    return new Destination(host, mqttPort, proxy);
  }

  /** Where HTTPS is spoken. */
  public Destination https() {
    return new Destination(host, httpsPort, proxy);
  }

  /** Settings with all defaults: MQTT, the JVM's trust, keep-alive 60 s, token life 24 h. */
  public static Builder to(String host, String deviceId, DeviceCredential credential) {
    return new Builder(host, deviceId, credential);
  }

  private static void requireBetween(String name, Duration value, Duration min, Duration max) {
    if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
      throw new IllegalArgumentException(
          name
              + " is "
              + value.toSeconds()
              + " s, not "
              + min.toSeconds()
              + " to "
              + max.toSeconds()
              + " s");
    }
  }

  /** Collects what differs from the defaults. Not thread-safe. */
  public static final class Builder {
    private final String host;
    private final String deviceId;
    private final DeviceCredential credential;
    private ServerTrust trust = ServerTrust.jvm();
    private Transport transport = Transport.MQTT;
    private @Nullable HttpProxy proxy;
    private int mqttPort;
    private int httpsPort = 443;
    private Duration keepAlive = Duration.ofSeconds(60);
    private Duration connectTimeout = Duration.ofSeconds(60);
    private Duration tokenLife = Duration.ofHours(24);
    private Duration clockSkew = Duration.ZERO;
    private @Nullable String modelId;
    private String referenceName = "global.azure-devices-provisioning.net";

    private Builder(String host, String deviceId, DeviceCredential credential) {
      this.host = host;
      this.deviceId = deviceId;
      this.credential = credential;
    }

    public Builder trust(ServerTrust value) {
      trust = value;
      return this;
    }

    public Builder transport(Transport value) {
      transport = value;
      return this;
    }

    public Builder proxy(@Nullable HttpProxy value) {
      proxy = value;
      return this;
    }

    /** Where MQTT is spoken; 0, as at the start, for the transport's own port. */
    public Builder mqttPort(int value) {
      mqttPort = value;
      return this;
    }

    public Builder httpsPort(int value) {
      httpsPort = value;
      return this;
    }

    public Builder keepAlive(Duration value) {
      keepAlive = value;
      return this;
    }

    public Builder connectTimeout(Duration value) {
      connectTimeout = value;
      return this;
    }

    public Builder tokenLife(Duration value) {
      tokenLife = value;
      return this;
    }

    public Builder clockSkew(Duration value) {
      clockSkew = value;
      return this;
    }

    public Builder modelId(@Nullable String value) {
      modelId = value;
      return this;
    }

    public Builder referenceName(String value) {
      referenceName = value;
      return this;
    }

    public LinkSettings build() {
      return new LinkSettings(
          host,
          deviceId,
          credential,
          trust,
          transport,
          proxy,
          mqttPort == 0 ? transport.port() : mqttPort,
          httpsPort,
          keepAlive,
          connectTimeout,
          tokenLife,
          clockSkew,
          modelId,
          referenceName);
    }
  }
}
