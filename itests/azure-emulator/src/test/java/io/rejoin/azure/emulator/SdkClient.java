/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator;

import com.microsoft.azure.sdk.iot.device.ClientOptions;
import com.microsoft.azure.sdk.iot.device.ConnectionStatusChangeContext;
import com.microsoft.azure.sdk.iot.device.DeviceClient;
import com.microsoft.azure.sdk.iot.device.IotHubClientProtocol;
import com.microsoft.azure.sdk.iot.device.IotHubStatusCode;
import com.microsoft.azure.sdk.iot.device.Message;
import com.microsoft.azure.sdk.iot.device.SasTokenProvider;
import com.microsoft.azure.sdk.iot.device.exceptions.IotHubClientException;
import com.microsoft.azure.sdk.iot.device.transport.IotHubConnectionStatus;
import com.microsoft.azure.sdk.iot.device.transport.NoRetry;
import com.microsoft.azure.sdk.iot.device.twin.Twin;
import com.microsoft.azure.sdk.iot.provisioning.security.SecurityProviderX509;
import io.rejoin.azure.emulator.hub.HubEmulator;
import io.rejoin.azure.emulator.tls.Identity;
import java.io.IOException;
import java.security.Key;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/** Microsoft's SDK as an application would use it that reconnects by itself. */
final class SdkClient implements AutoCloseable {
  private final DeviceClient client;
  private final BlockingQueue<ConnectionStatusChangeContext> changes = new LinkedBlockingQueue<>();

  private SdkClient(DeviceClient client) {
    this.client = client;
    client.setRetryPolicy(new NoRetry());
    client.setConnectionStatusChangeCallback(change -> changes.add(change), null);
  }

  static SdkClient of(AzureEmulator azure, HubEmulator hub) {
    return of(azure, hub.connectionString(TestBed.DEVICE));
  }

  static SdkClient of(AzureEmulator azure, String connectionString) {
    return of(azure, connectionString, IotHubClientProtocol.MQTT);
  }

  static SdkClient of(AzureEmulator azure, String connection, IotHubClientProtocol protocol) {
    return new SdkClient(new DeviceClient(connection, protocol, options(azure)));
  }

  static SdkClient withToken(AzureEmulator azure, HubEmulator hub, SasTokenProvider tokens) {
    return new SdkClient(
        new DeviceClient(
            hub.hostName(), TestBed.DEVICE, tokens, IotHubClientProtocol.MQTT, options(azure)));
  }

  static SdkClient withCertificate(AzureEmulator azure, HubEmulator hub, Identity identity)
      throws IOException {
    return new SdkClient(
        new DeviceClient(
            hub.hostName(),
            TestBed.DEVICE,
            new Certificate(identity, azure.clientContext(identity)),
            IotHubClientProtocol.MQTT,
            ClientOptions.builder().build()));
  }

  private static ClientOptions options(AzureEmulator azure) {
    return ClientOptions.builder().sslContext(azure.clientContext()).keepAliveInterval(60).build();
  }

  DeviceClient client() {
    return client;
  }

  SdkClient open() throws IotHubClientException {
    client.open(false);
    return this;
  }

  CompletableFuture<IotHubStatusCode> send(String text) {
    return send(new Message(text));
  }

  CompletableFuture<IotHubStatusCode> send(Message message) {
    CompletableFuture<IotHubStatusCode> outcome = new CompletableFuture<>();
    client.sendEventAsync(
        message,
        (sent, failure, context) ->
            outcome.complete(failure == null ? IotHubStatusCode.OK : failure.getStatusCode()),
        null);
    return outcome;
  }

  /**
   * The twin. Asks again when there is no answer: the SDK 2.5.0 sometimes drops the callback of an
   * answer that it has received, since two of its threads race.
   */
  Twin twin() throws IotHubClientException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        return client.getTwin(2_000);
      } catch (IotHubClientException e) {
        if (attempt == 3) {
          throw e;
        }
      }
    }
  }

  /** Waits for a change to this status. */
  ConnectionStatusChangeContext awaitStatus(IotHubConnectionStatus status)
      throws InterruptedException {
    while (true) {
      ConnectionStatusChangeContext change =
          changes.poll(TestBed.SOON.toMillis(), TimeUnit.MILLISECONDS);
      if (change == null) {
        throw new AssertionError("the SDK never became " + status);
      }
      if (change.getNewStatus() == status) {
        return change;
      }
    }
  }

  @Override
  public void close() {
    client.close();
  }

  private static final class Certificate extends SecurityProviderX509 {
    private final Identity identity;
    private final SSLContext context;

    Certificate(Identity identity, SSLContext context) {
      this.identity = identity;
      this.context = context;
    }

    @Override
    public String getClientCertificateCommonName() {
      return TestBed.DEVICE;
    }

    @Override
    public X509Certificate getClientCertificate() {
      return identity.certificate();
    }

    @Override
    public Key getClientPrivateKey() {
      return identity.key();
    }

    @Override
    public Collection<X509Certificate> getIntermediateCertificatesChain() {
      return List.of();
    }

    @Override
    public SSLContext getSSLContext() {
      return context;
    }
  }
}
