/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.link;

import com.microsoft.azure.sdk.iot.device.ClientOptions;
import com.microsoft.azure.sdk.iot.device.DeviceClient;
import com.microsoft.azure.sdk.iot.device.IotHubClientProtocol;
import com.microsoft.azure.sdk.iot.device.transport.NoRetry;
import com.microsoft.azure.sdk.iot.provisioning.security.SecurityProviderX509;
import java.io.IOException;
import java.security.Key;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Makes the SDK's client for one attempt: on {@link NoRetry}, so that one layer paces attempts. */
final class SdkClients {
  /** The SDK rests so long between two looks at its queues; its default of 10 shows as latency. */
  private static final int INTERVAL_MILLIS = 1;

  /** How many messages the SDK sends at one look at its queue: more than a window holds. */
  private static final int MESSAGES_PER_INTERVAL = 1000;

  private SdkClients() {}

  /**
   * A client that is not open yet.
   *
   * @param token null with a certificate
   * @param context carries the attempt's sockets
   */
  static DeviceClient create(LinkSettings settings, @Nullable SasToken token, SSLContext context)
      throws IOException {
    IotHubClientProtocol protocol =
        settings.transport() == Transport.MQTT_WS
            ? IotHubClientProtocol.MQTT_WS
            : IotHubClientProtocol.MQTT;
    ClientOptions options =
        ClientOptions.builder()
            .sslContext(context)
            .keepAliveInterval((int) settings.keepAlive().toSeconds())
            .modelId(settings.modelId())
            .sendInterval(INTERVAL_MILLIS)
            .receiveInterval(INTERVAL_MILLIS)
            .messagesSentPerSendInterval(MESSAGES_PER_INTERVAL)
            .messageExpirationCheckPeriod(0)
            .logRoutineDisconnectsAsErrors(false)
            .build();
    DeviceClient client =
        token == null
            ? new DeviceClient(
                settings.host(), settings.deviceId(), new Context(context), protocol, options)
            : new DeviceClient(
                settings.host(),
                settings.deviceId(),
                () -> token.text().toCharArray(),
                protocol,
                options);
    client.setRetryPolicy(new NoRetry());
    return client;
  }

  /**
   * The SDK's way to a device with a certificate. It takes nothing from it but the TLS context, so
   * the private key stays where it is.
   */
  private static final class Context extends SecurityProviderX509 {
    private final SSLContext context;

    Context(SSLContext context) {
      this.context = context;
    }

    @Override
    public SSLContext getSSLContext() {
      return context;
    }

    @Override
    public String getClientCertificateCommonName() {
      throw unused();
    }

    @Override
    public X509Certificate getClientCertificate() {
      throw unused();
    }

    @Override
    public Key getClientPrivateKey() {
      throw unused();
    }

    @Override
    public Collection<X509Certificate> getIntermediateCertificatesChain() {
      return List.of();
    }

    private static UnsupportedOperationException unused() {
      return new UnsupportedOperationException("the SDK asks for the TLS context only");
    }
  }
}
