/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.itests.delivery;

import io.rejoin.azure.iothub.link.ConnectionString;
import io.rejoin.azure.iothub.link.HubLink;
import io.rejoin.azure.iothub.link.LinkListener;
import io.rejoin.azure.iothub.link.LinkRuntime;
import io.rejoin.azure.iothub.link.LinkSettings;
import io.rejoin.azure.iothub.link.SdkLinkFactory;
import io.rejoin.azure.iothub.link.socket.NameResolver;
import io.rejoin.azure.iothub.link.socket.ServerTrust;
import io.rejoin.azure.iothub.message.CloudListener;
import io.rejoin.azure.iothub.message.CloudMessage;
import io.rejoin.azure.iothub.message.DirectMethodAnswer;
import io.rejoin.azure.iothub.message.OutgoingMessage;
import io.rejoin.azure.iothub.outbox.OutboxRunner;
import io.rejoin.azure.iothub.outbox.OutboxSettings;
import io.rejoin.retry.Failure;
import io.rejoin.testbed.store.H2StoreProvider;
import java.io.FileInputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.crypto.CryptoService;

/**
 * A gateway in a process of its own: outbox, the database that <em>New Connection</em> creates, and
 * a link to the hub. Publishes until it is killed, and says which messages were accepted.
 */
final class PublishingGateway {
  static final String ACCEPTED = "accepted ";
  static final String DRAINED = "drained";

  private PublishingGateway() {}

  /** Arguments: connection string, MQTT port, trust store, its password, database, publish? */
  public static void main(String[] args) throws Exception {
    OutboxRunner outbox =
        new OutboxRunner(
            "gateway", OutboxSettings.defaults(), UUID.randomUUID().toString(), id -> {});
    outbox.store(
        new H2StoreProvider(plainText(), Map.of("db.connector.url", args[4], "db.password", "")));
    outbox.start();
    awaitStore(outbox);
    outbox.connection(new OneSession(open(args)));
    if (Boolean.parseBoolean(args[5])) {
      publishForEver(outbox);
    }
    while (outbox.status().stored() > 0) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
    System.out.println(DRAINED);
  }

  private static void publishForEver(OutboxRunner outbox) throws KuraException {
    String life = UUID.randomUUID().toString();
    for (int i = 0; ; i++) {
      String id = life + "-" + i;
      outbox.publish(message(id), i % 8);
      System.out.println(ACCEPTED + id);
    }
  }

  private static OutgoingMessage message(String id) {
    byte[] body = ("reading " + id).getBytes(StandardCharsets.UTF_8);
    return new OutgoingMessage(body, id, null, 0, null, null, Map.of(), 1);
  }

  private static void awaitStore(OutboxRunner outbox) {
    while (!outbox.status().storeOpen()) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  private static HubLink open(String[] args) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (FileInputStream in = new FileInputStream(args[2])) {
      store.load(in, args[3].toCharArray());
    }
    ConnectionString device = ConnectionString.parse(args[0]);
    LinkSettings settings =
        LinkSettings.to(device.host(), device.deviceId(), device.key())
            .trust(ServerTrust.of(store))
            .mqttPort(Integer.parseInt(args[1]))
            .build();
    LinkRuntime runtime = LinkRuntime.of(InstantSource.system(), new Random(), NameResolver.JVM);
    Opening opening = new Opening(new CompletableFuture<>());
    new SdkLinkFactory(runtime).open(settings, opening, new Deaf());
    return opening.link().get(30, TimeUnit.SECONDS);
  }

  /** The database's password is empty here: there is nothing to decrypt. */
  private static CryptoService plainText() {
    return (CryptoService)
        Proxy.newProxyInstance(
            CryptoService.class.getClassLoader(),
            new Class<?>[] {CryptoService.class},
            (proxy, method, text) -> text[0]);
  }

  private record Opening(CompletableFuture<HubLink> link) implements LinkListener {
    @Override
    public void opened(HubLink opened) {
      link.complete(opened);
    }

    @Override
    public void openFailed(HubLink failed, Failure failure) {
      link.completeExceptionally(new IllegalStateException(failure.words()));
    }

    @Override
    public void lost(HubLink lost, Failure failure, Duration quiet) {
      System.out.println("lost: " + failure.words());
    }
  }

  private record Deaf() implements CloudListener {
    @Override
    public boolean onMessage(CloudMessage message) {
      return false;
    }

    @Override
    public CompletionStage<DirectMethodAnswer> onMethod(String name, String payload) {
      return CompletableFuture.completedFuture(new DirectMethodAnswer(404, "null"));
    }

    @Override
    public void onDesiredProperties(String patch) {}
  }
}
