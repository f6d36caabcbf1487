/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.itests.cloud;

import io.rejoin.azure.emulator.AzureEmulator;
import io.rejoin.azure.emulator.hub.HubEmulator;
import io.rejoin.azure.emulator.hub.MethodReply;
import io.rejoin.azure.emulator.tls.Identity;
import io.rejoin.azure.iothub.connection.HubConnection;
import io.rejoin.azure.iothub.connection.RunningComponent;
import io.rejoin.azure.iothub.endpoint.IotHubEndpoint;
import io.rejoin.azure.iothub.endpoint.RunningEndpoint;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import org.eclipse.kura.crypto.CryptoService;
import org.eclipse.kura.security.keystore.KeystoreService;
import org.eclipse.kura.ssl.SslManagerService;
import org.eclipse.kura.system.SystemService;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;

/** A gateway and its Azure: hubs on 127.0.7.2 and 127.0.7.3. */
final class Gateway implements AutoCloseable {
  static final String DEVICE = "press-7";
  static final Duration SOON = Duration.ofSeconds(30);
  private static final int CONNECT_SECONDS = 1;
  static final String ALIAS = "device";

  /** The device's certificate in Kura's keystore. */
  volatile Identity installed;

  final AzureEmulator azure;
  private final RunningComponent connection;
  private final RunningEndpoint endpoint;
  private final Map<String, Object> settings;

  Gateway(Map<String, Object> settings) throws IOException {
    azure =
        AzureEmulator.builder()
            .hubA("127.0.7.2")
            .hubB("127.0.7.3")
            .dps("127.0.7.4")
            .httpsPort(0)
            .dpsPort(0)
            .start();
    azure.hubA().registry().add(DEVICE);
    azure.hubB().registry().add(DEVICE);
    this.settings = settings;
    connection =
        new RunningComponent(
            properties(azure.hubA()),
            answering(CryptoService.class, "decryptAes", null),
            answering(SystemService.class, "getKuraDataDirectory", "target"),
            answering(KeystoreService.class, "getKeyStore", azure.ca().trustStore()));
    endpoint = new RunningEndpoint(connection.connection(), CONNECT_SECONDS);
  }

  private Map<String, Object> properties(HubEmulator hub) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("kura.service.pid", "connection");
    properties.put("connection.string", hub.connectionString(DEVICE));
    properties.put("hub.https.port", hub.httpsPort());
    properties.put("stable.after.seconds", 0);
    properties.put("twin.spread.seconds", 0);
    properties.put("twin.statistics.hours", 0);
    properties.putAll(settings);
    return properties;
  }

  HubConnection connection() {
    return connection.connection();
  }

  IotHubEndpoint endpoint() {
    return endpoint.endpoint();
  }

  HubEmulator hub() {
    return azure.hubA();
  }

  void awaitConnected() {
    Eventually.eventually("connected", () -> endpoint().isConnected());
  }

  void moveTo(HubEmulator hub) {
    connection.modified(properties(hub));
    hub.awaitConnected(DEVICE, SOON);
  }

  void configure(String connectionString) {
    Map<String, Object> properties = properties(hub());
    properties.put("connection.string", connectionString);
    connection.modified(properties);
  }

  /** Calls a method, again as long as the gateway has not yet subscribed to them. */
  MethodReply call(String method, String payload) throws Exception {
    return Eventually.succeeds(
        () -> hub().invokeMethod(DEVICE, method, payload).get(SOON.toSeconds(), TimeUnit.SECONDS));
  }

  /** Brings a keystore with the device's certificate. */
  void installKeystore(Identity identity) {
    installed = identity;
    connection.bind(
        (KeystoreService)
            Proxy.newProxyInstance(
                KeystoreService.class.getClassLoader(),
                new Class<?>[] {KeystoreService.class},
                (proxy, called, arguments) ->
                    switch (called.getName()) {
                      case "getKeyStore" -> installed.keyStore(ALIAS);
                      case "getKeyManagers" -> List.of(keyManagers(installed));
                      default -> null;
                    }));
  }

  private static KeyManager[] keyManagers(Identity identity) throws GeneralSecurityException {
    KeyManagerFactory factory = KeyManagerFactory.getInstance("SunX509");
    factory.init(identity.keyStore(ALIAS), Identity.PASSWORD.toCharArray());
    return factory.getKeyManagers();
  }

  /** Brings Kura's SSL manager. */
  void installSslManager() {
    connection.bind(answering(SslManagerService.class, "getSSLContext", "not asked"));
  }

  /** The SSL manager tells its listeners of a change. */
  void tellSslChange() {
    connection.sslChanged();
  }

  /** Passes on what the connection tells EventAdmin. */
  void onEvent(Consumer<Event> listener) {
    connection.bind(
        (EventAdmin)
            Proxy.newProxyInstance(
                EventAdmin.class.getClassLoader(),
                new Class<?>[] {EventAdmin.class},
                (proxy, called, arguments) -> {
                  listener.accept((Event) arguments[0]);
                  return null;
                }));
  }

  /** The connection and its configuration as text. */
  String printed() {
    return connection.printed(
        properties(hub()), answering(CryptoService.class, "decryptAes", null));
  }

  /** Something that Kura tells by EventAdmin. */
  void handle(Event event) {
    connection.handle(event);
  }

  @Override
  public void close() {
    endpoint.close();
    connection.close();
    azure.close();
  }

  /** A service of Kura's that answers one call, and null to all others; null for its argument. */
  private static <T> T answering(Class<T> type, String method, Object answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, called, arguments) ->
                !called.getName().equals(method) ? null : answer == null ? arguments[0] : answer));
  }
}
