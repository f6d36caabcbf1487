/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.connection;

import io.rejoin.azure.iothub.link.ConnectionString;
import io.rejoin.azure.iothub.link.HmacKey;
import io.rejoin.azure.iothub.link.LinkFailedException;
import io.rejoin.azure.iothub.link.LinkSettings;
import io.rejoin.azure.iothub.link.probe.HubProbe;
import io.rejoin.azure.iothub.link.probe.ProbeAnswer;
import io.rejoin.azure.iothub.link.socket.HttpProxy;
import io.rejoin.azure.iothub.link.socket.ServerTrust;
import io.rejoin.provisioning.Assignment;
import io.rejoin.provisioning.DeviceCredential;
import io.rejoin.retry.Failure;
import io.rejoin.retry.FailureKind;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.net.ssl.SSLContext;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.ssl.SslManagerService;
import org.jspecify.annotations.Nullable;

/** The way to the hub that a configuration describes, over the services that are there. */
final class ConfiguredRoute implements Route {

  private final ConnectionOptions options;
  private final Services services;
  private final HubProbe probe;

  /** The hub's clock minus ours, as a probe last saw it; corrects the expiry of tokens. */
  private volatile Duration clockSkew = Duration.ZERO;

  ConfiguredRoute(ConnectionOptions options, Services services, HubProbe probe) {
    this.options = options;
    this.services = services;
    this.probe = probe;
  }

  /** Hub and device as the configuration names them, empty where it does not. */
  static ConnectionStatus.Target target(ConnectionOptions options) {
    ConnectionOptions.Who who = options.who();
    return switch (who.identity()) {
      case SYMMETRIC_KEY, X509 -> new ConnectionStatus.Target(who.hubHostName(), who.deviceId());
      case PROVISIONER -> new ConnectionStatus.Target("", "");
      case CONNECTION_STRING -> {
        try {
          ConnectionString parsed = ConnectionString.parse(who.connectionString());
          yield new ConnectionStatus.Target(parsed.host(), parsed.deviceId());
        } catch (IllegalArgumentException e) {
          // Said when the first attempt fails.
          yield new ConnectionStatus.Target("", "");
        }
      }
    };
  }

  @Override
  public LinkSettings to(@Nullable Assignment assignment) throws LinkFailedException {
    try {
      return settings(assignment);
    } catch (IllegalArgumentException e) {
      throw new LinkFailedException(
          Failure.of(FailureKind.MISCONFIGURED, String.valueOf(e.getMessage())));
    }
  }

  @Override
  public CompletionStage<@Nullable Failure> ask(@Nullable Assignment assignment) {
    try {
      return probe.ask(to(assignment)).thenApply(this::learn);
    } catch (LinkFailedException e) {
      return CompletableFuture.completedFuture(e.failure());
    }
  }

  private @Nullable Failure learn(ProbeAnswer answer) {
    Duration skew = answer.clockSkew();
    if (skew != null) {
      clockSkew = skew;
    }
    return answer.failure();
  }

  private LinkSettings settings(@Nullable Assignment assignment) throws LinkFailedException {
    ConnectionOptions.Who who = options.who();
    return switch (who.identity()) {
      case CONNECTION_STRING -> byConnectionString(who.connectionString());
      case SYMMETRIC_KEY ->
          build(who.hubHostName(), who.deviceId(), HmacKey.ofBase64(who.deviceKey()));
      case X509 -> build(who.hubHostName(), who.deviceId(), certificate());
      case PROVISIONER -> byProvisioner(assignment);
    };
  }

  private LinkSettings byConnectionString(String text) throws LinkFailedException {
    if (text.isEmpty()) {
      throw new IllegalArgumentException(
          "connection.string is empty: give the device's own, from its page in the Azure portal");
    }
    ConnectionString string = ConnectionString.parse(text);
    HmacKey key = string.key();
    return build(string.host(), string.deviceId(), key == null ? certificate() : key);
  }

  private LinkSettings byProvisioner(@Nullable Assignment assignment) throws LinkFailedException {
    if (assignment == null) {
      throw new IllegalArgumentException("the provisioner has not said where the device belongs");
    }
    DeviceCredential credential =
        services
            .provisionedCredential()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "the provisioner is missing or has no usable credential"));
    return build(assignment.hubHostName(), assignment.deviceId(), credential);
  }

  private DeviceCredential certificate() {
    return KeystoreCredential.of(options, services);
  }

  private LinkSettings build(String host, String deviceId, DeviceCredential credential)
      throws LinkFailedException {
    ConnectionOptions.Link link = options.link();
    return LinkSettings.to(host, deviceId, credential)
        .trust(trust(credential))
        .transport(link.transport())
        .proxy(proxy(link))
        .keepAlive(link.keepAlive())
        .tokenLife(link.tokenLife())
        .clockSkew(clockSkew)
        .httpsPort(link.httpsPort())
        .referenceName(link.referenceName())
        .build();
  }

  private static @Nullable HttpProxy proxy(ConnectionOptions.Link link) {
    if (link.proxyHost().isEmpty()) {
      return null;
    }
    HttpProxy.Credentials credentials =
        link.proxyUser().isEmpty()
            ? null
            : new HttpProxy.Credentials(link.proxyUser(), link.proxyPassword());
    return new HttpProxy(link.proxyHost(), link.proxyPort(), credentials);
  }

  private ServerTrust trust(DeviceCredential credential) throws LinkFailedException {
    try {
      if (services.truststore().isPresent()) {
        return ServerTrust.of(services.truststore().get().getKeyStore());
      }
      boolean ownKeys = credential instanceof DeviceCredential.Certificate;
      return services.sslManager().isPresent() && !ownKeys
          ? ServerTrust.of(context(services.sslManager().get()))
          : ServerTrust.jvm();
    } catch (KuraException | GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException("the trust store cannot be read: " + e.getMessage());
    }
  }

  /**
   * Kura's SSL manager is there before its keystore, some seconds at each start of the gateway, and
   * throws so long. Nothing is configured wrongly then, so the attempt is simply made again.
   */
  private static SSLContext context(SslManagerService sslManager)
      throws GeneralSecurityException, IOException, LinkFailedException {
    try {
      return sslManager.getSSLContext();
    } catch (RuntimeException e) {
      throw new LinkFailedException(
          Failure.of(FailureKind.UNKNOWN, "the SSL manager has no keystore, or not yet"));
    }
  }
}
