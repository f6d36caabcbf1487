/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.endpoint;

import static io.rejoin.azure.iothub.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rejoin.azure.iothub.message.DirectMethodAnswer;
import io.rejoin.azure.iothub.testing.FakeHubConnection;
import io.rejoin.azure.iothub.testing.MemoryMessageStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.kura.KuraConnectException;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.KuraStoreCapacityReachedException;
import org.eclipse.kura.KuraStoreException;
import org.eclipse.kura.cloudconnection.listener.CloudConnectionListener;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.subscriber.listener.CloudSubscriberListener;
import org.eclipse.kura.message.KuraPayload;
import org.eclipse.kura.status.CloudConnectionStatusComponent;
import org.eclipse.kura.status.CloudConnectionStatusEnum;
import org.eclipse.kura.status.CloudConnectionStatusService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;

@Timeout(60)
class CloudEndpointComponentTest {
  private static final String PID = "io.rejoin.azure.iothub.CloudEndpoint-1";

  private final FakeHubConnection connection = new FakeHubConnection();
  private final MemoryMessageStore store = new MemoryMessageStore();
  private final List<String> news = new CopyOnWriteArrayList<>();
  private final CloudEndpointComponent endpoint =
      new CloudEndpointComponent(properties(Map.of()), 1);

  @AfterEach
  void deactivate() {
    endpoint.deactivate();
  }

  @Test
  void shouldSendWhateverTheOrderInWhichItsServicesAppear() throws Exception {
    endpoint.bindConnection(connection);
    endpoint.activate();
    connection.up();
    assertThrows(KuraStoreException.class, this::publish);

    endpoint.bindMessageStoreProvider(store, storeProperties());
    String id = publish();

    assertNotNull(id);
    eventually("sent", () -> connection.sent().equals(List.of(id)));
  }

  @Test
  void shouldStoreWithoutAConnection() throws Exception {
    endpoint.activate();
    endpoint.bindMessageStoreProvider(store, storeProperties());

    String id = publish();
    endpoint.bindConnection(connection);
    connection.up();

    eventually("sent", () -> connection.sent().equals(List.of(id)));
  }

  @Test
  void shouldTellDeliveryListenersTheIdThatPublishReturned() throws Exception {
    running();
    connection.up();
    endpoint.registerCloudDeliveryListener(news::add);

    String id = publish();
    eventually("sent", () -> connection.unanswered() == 1);
    assertEquals(List.of(), news);
    connection.confirmAll();

    eventually("told", () -> news.equals(List.of(id)));
  }

  @Test
  void shouldSurviveAListenerThatThrows() throws Exception {
    running();
    connection.hub = (message, delivery) -> delivery.confirmed();
    endpoint.registerCloudDeliveryListener(
        id -> {
          throw new IllegalStateException("a bug above");
        });
    endpoint.registerCloudDeliveryListener(news::add);
    connection.up();

    publish();
    publish();

    eventually("told", () -> news.size() == 2);
  }

  @Test
  void shouldReportPropertiesAndTellDeliveryListeners() throws Exception {
    running();
    endpoint.registerCloudDeliveryListener(news::add);

    String id = endpoint.report("{\"a\":1}");

    assertEquals(List.of("{\"a\":1}"), connection.reported);
    eventually("told", () -> news.equals(List.of(id)));
    KuraException illegal = assertThrows(KuraException.class, () -> endpoint.report("{\"a b\":1}"));
    assertTrue(illegal.getMessage().contains("a b"), illegal.getMessage());
  }

  @Test
  void shouldAskForDesiredPropertiesOnEachSessionOnlyIfSomebodyWantsThem() {
    running();
    connection.up();
    connection.down(false);
    assertEquals(0, connection.askedForDesired);

    CloudSubscriberListener subscriber = message -> news.add("desired");
    endpoint.subscribeDesiredProperties(subscriber);
    connection.up();
    assertEquals(2, connection.askedForDesired);

    connection.cloud.onAllDesiredProperties("{\"$version\":1}");
    connection.cloud.onDesiredProperties("{\"$version\":2}");
    eventually("told", () -> news.size() == 2);
    endpoint.unregisterSubscriber(subscriber);
    connection.up();
    assertEquals(2, connection.askedForDesired);
  }

  @Test
  void shouldServeAMethodAnsweredByAPublisher() throws Exception {
    running();
    CompletableFuture<String> id = new CompletableFuture<>();
    CloudSubscriberListener subscriber =
        message -> id.complete((String) message.getProperties().get("method.request.id"));
    endpoint.serveMethod(
        new MethodSubscription("reboot", true, Duration.ofSeconds(20)), subscriber);

    CompletionStage<DirectMethodAnswer> answer = connection.cloud.onMethod("reboot", "null");
    endpoint.answerMethod(id.get(20, TimeUnit.SECONDS), new DirectMethodAnswer(202, "{}"));

    assertEquals(202, answer.toCompletableFuture().get(20, TimeUnit.SECONDS).status());
    assertThrows(
        KuraException.class,
        () -> endpoint.answerMethod("late", new DirectMethodAnswer(200, "{}")));
    endpoint.unregisterSubscriber(subscriber);
    assertEquals(
        404,
        connection
            .cloud
            .onMethod("reboot", "null")
            .toCompletableFuture()
            .get(20, TimeUnit.SECONDS)
            .status());
  }

  @Test
  void shouldTellListenersAndKuraOfTheConnection() {
    running();
    endpoint.bindEventAdmin(events());
    endpoint.registerCloudConnectionListener(listener());

    connection.up();
    connection.down(false);
    connection.up();
    connection.down(true);

    String topic = "org/eclipse/kura/cloud/CloudConnectionStatus/";
    eventually("told", () -> news.size() == 8);
    assertEquals(
        List.of("established", "lost", "established", "disconnected"),
        news.stream().filter(line -> !line.contains("/")).toList());
    assertEquals(
        List.of(
            topic + "ESTABLISHED " + PID,
            topic + "LOST " + PID,
            topic + "ESTABLISHED " + PID,
            topic + "LOST " + PID),
        news.stream().filter(line -> line.contains("/")).toList());
  }

  @Test
  void shouldTellOfTheLossWhenTheConnectionIsUnbound() {
    running();
    endpoint.registerCloudConnectionListener(listener());
    connection.up();
    eventually("told", () -> news.equals(List.of("established")));

    endpoint.unbindConnection(connection);

    eventually("told", () -> news.equals(List.of("established", "lost")));
    assertFalse(endpoint.isConnected());
    eventually("let go", () -> connection.listeners.isEmpty());
  }

  @Test
  void shouldKeepTheNewServiceWhenTheOldOneIsUnboundAfterwards() throws Exception {
    running();
    FakeHubConnection other = FakeHubConnection.acknowledgingAtOnce();
    MemoryMessageStore otherStore = new MemoryMessageStore();

    endpoint.bindConnection(other);
    endpoint.unbindConnection(connection);
    endpoint.bindMessageStoreProvider(otherStore, storeProperties());
    endpoint.unbindMessageStoreProvider(store);
    other.up();

    eventually("connected", endpoint::isConnected);
    String id = publish();
    eventually("sent", () -> other.sent().equals(List.of(id)));
  }

  @Test
  void shouldShowTheLightOnlyWhileAConnectionIsWanted() {
    StatusService light = new StatusService();
    running();
    endpoint.bindCloudConnectionStatusService(light);
    assertEquals(0, light.registered.size());

    connection.info.put("Connection State", "CONNECTING");
    endpoint.handleEvent(new Event(CloudEndpointComponent.CONNECTION_STATE_TOPIC, Map.of()));
    eventually("blinking", () -> light.shows(CloudConnectionStatusEnum.SLOW_BLINKING));
    connection.up();
    eventually("on", () -> light.shows(CloudConnectionStatusEnum.ON));
    connection.down(false);
    eventually("blinking", () -> light.shows(CloudConnectionStatusEnum.SLOW_BLINKING));
    connection.up();
    connection.down(true);
    eventually("off", () -> light.registered.isEmpty());
  }

  @Test
  void shouldUnregisterTheLightWhenDeactivated() {
    StatusService light = new StatusService();
    running();
    endpoint.bindCloudConnectionStatusService(light);
    connection.up();
    eventually("on", () -> light.shows(CloudConnectionStatusEnum.ON));

    endpoint.deactivate();

    assertEquals(0, light.registered.size());
  }

  @Test
  void shouldAnswerConnectOnceConnected() throws Exception {
    running();
    connection.onConnect = connection::up;

    endpoint.connect();

    assertTrue(endpoint.isConnected());
    assertEquals(2, connection.listeners.size(), "those of endpoint and outbox");
    endpoint.connect();
    endpoint.disconnect();
    assertFalse(endpoint.isConnected());
  }

  @Test
  void shouldAnswerConnectInTimeWithTheReason() {
    running();
    connection.info.put("Connection State Reason", "the hub does not exist");

    KuraConnectException e = assertThrows(KuraConnectException.class, endpoint::connect);

    assertTrue(e.getMessage().contains("the hub does not exist"), e.getMessage());
  }

  @Test
  void shouldNotKeepConnectWaitingForWhatIsNotWantedAnyMore() throws Exception {
    String disconnected = reasonWhenWaitingAnd(CloudEndpointComponent::disconnect);
    String stopped = reasonWhenWaitingAnd(CloudEndpointComponent::deactivate);
    String alone = reasonWhenWaitingAnd(patient -> patient.unbindConnection(connection));

    assertTrue(disconnected.endsWith("Disconnect was asked for meanwhile"), disconnected);
    assertTrue(stopped.endsWith("the endpoint was stopped meanwhile"), stopped);
    assertTrue(alone.endsWith("the connection went away or was replaced meanwhile"), alone);
  }

  private String reasonWhenWaitingAnd(Consumer<CloudEndpointComponent> action) throws Exception {
    CloudEndpointComponent patient = new CloudEndpointComponent(properties(Map.of()), 3_600);
    patient.bindConnection(connection);
    patient.activate();
    CountDownLatch waits = new CountDownLatch(1);
    connection.onConnect = waits::countDown;
    CompletableFuture<String> reason =
        CompletableFuture.supplyAsync(
            () -> assertThrows(KuraConnectException.class, patient::connect).getMessage());
    assertTrue(waits.await(10, TimeUnit.SECONDS));
    try {
      action.accept(patient);
      return reason.get(10, TimeUnit.SECONDS);
    } finally {
      patient.deactivate();
    }
  }

  @Test
  void shouldSayThatThereIsNoConnection() {
    endpoint.activate();

    KuraConnectException e = assertThrows(KuraConnectException.class, endpoint::connect);

    assertTrue(e.getMessage().contains("Connection"), e.getMessage());
    assertFalse(endpoint.isConnected());
    assertTrue(endpoint.getInfo().get("Connection State").contains("NO CONNECTION"));
    endpoint.disconnect();
  }

  @Test
  void shouldTellAboutConnectionAndOutbox() throws Exception {
    running();
    connection.up();
    publish();
    publish();
    eventually("sent", () -> connection.unanswered() == 2);

    eventually("counted", () -> endpoint.getInfo().get("Outbox In Flight").equals("2 of 100"));
    Map<String, String> info = endpoint.getInfo();
    assertEquals("CONNECTED", info.get("Connection State"));
    assertEquals("0 (0.0 % of 500000)", info.get("Outbox Waiting"));
    assertEquals("store-1, durable", info.get("Outbox Store"));
    assertEquals("2023-11-14T22:13:20Z".length(), info.get("Outbox Oldest Message").length());
  }

  @Test
  void shouldSayThatTheStoreIsMissingOrForgets() {
    endpoint.activate();
    assertTrue(endpoint.getInfo().get("Outbox Store").startsWith("MISSING"));

    endpoint.bindMessageStoreProvider(
        store, Map.of("kura.service.pid", "s", "db.connector.url", "jdbc:h2:mem:kuradb"));

    eventually(
        "told",
        () ->
            endpoint
                .getInfo()
                .get("Outbox Store")
                .equals("s, in memory: a restart" + " loses what waits"));
    store.away(true);
    eventually("told", () -> endpoint.getInfo().get("Outbox Store").startsWith("NOT WORKING"));
  }

  @Test
  void shouldApplyAChangedConfigurationAtOnce() throws Exception {
    running();
    publish();

    endpoint.modified(properties(Map.of("outbox.capacity", 1)));

    assertThrows(KuraStoreCapacityReachedException.class, this::publish);
  }

  @Test
  void shouldKeepTheLastGoodConfigurationAndSayWhy() throws Exception {
    running();
    endpoint.modified(properties(Map.of("outbox.window", 7)));

    endpoint.modified(properties(Map.of("outbox.window", -1, "outbox.capacity", "many")));

    Map<String, String> info = endpoint.getInfo();
    assertTrue(info.get("Outbox In Flight").endsWith("of 7"), info.toString());
    String problem = info.get("Configuration Problem, Endpoint");
    assertTrue(problem.contains("outbox.window") && problem.contains("outbox.capacity"), problem);
    publish();

    endpoint.modified(properties(Map.of("outbox.window", 8)));
    assertFalse(endpoint.getInfo().containsKey("Configuration Problem, Endpoint"));
  }

  @Test
  void shouldActivateWithAnUnusableConfiguration() throws Exception {
    CloudEndpointComponent other =
        new CloudEndpointComponent(properties(Map.of("outbox.window", "wide")), 1);
    other.activate();
    other.bindMessageStoreProvider(store, storeProperties());

    assertNotNull(other.publish(message()));
    assertTrue(other.getInfo().get("Outbox In Flight").endsWith("of 100"));
    other.deactivate();
  }

  @Test
  void shouldDeactivateAtOnceAlsoWhenTheStoreHangs() throws Exception {
    CountDownLatch hanging = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    connection.hub =
        (message, delivery) -> {
          hanging.countDown();
          awaitQuietly(release);
        };
    running();
    connection.up();
    publish();
    hanging.await();

    endpoint.deactivate();

    release.countDown();
    eventually("let go", () -> store.listeners.isEmpty());
  }

  @Test
  void shouldRefuseWhatTheHubWouldNotTake() {
    running();
    KuraPayload payload = new KuraPayload();
    payload.setBody(new byte[256 * 1024]);

    KuraException e =
        assertThrows(KuraException.class, () -> endpoint.publish(new KuraMessage(payload)));

    assertTrue(e.getMessage().contains("262144"), e.getMessage());
  }

  private void running() {
    endpoint.activate();
    endpoint.bindConnection(connection);
    endpoint.bindMessageStoreProvider(store, storeProperties());
    eventually("open", () -> store.opened > 0);
  }

  private String publish() throws KuraException {
    return endpoint.publish(message());
  }

  private static KuraMessage message() {
    KuraPayload payload = new KuraPayload();
    payload.addMetric("temperature", 21.5);
    return new KuraMessage(payload);
  }

  private static Map<String, Object> properties(Map<String, Object> settings) {
    Map<String, Object> properties = new HashMap<>(settings);
    properties.put("kura.service.pid", PID);
    return properties;
  }

  private static Map<String, Object> storeProperties() {
    return Map.of("kura.service.pid", "store-1", "db.connector.url", "jdbc:h2:file:/data/x");
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private EventAdmin events() {
    return new EventAdmin() {
      @Override
      public void postEvent(Event event) {
        news.add(event.getTopic() + " " + event.getProperty("cloud.service.pid"));
      }

      @Override
      public void sendEvent(Event event) {
        throw new AssertionError("would wait for the handlers");
      }
    };
  }

  private CloudConnectionListener listener() {
    return new CloudConnectionListener() {
      @Override
      public void onConnectionEstablished() {
        news.add("established");
      }

      @Override
      public void onConnectionLost() {
        news.add("lost");
      }

      @Override
      public void onDisconnected() {
        news.add("disconnected");
      }
    };
  }

  /** Kura's: refuses whoever is not registered. */
  private static final class StatusService implements CloudConnectionStatusService {
    final List<CloudConnectionStatusComponent> registered = new CopyOnWriteArrayList<>();

    boolean shows(CloudConnectionStatusEnum status) {
      return registered.size() == 1 && registered.get(0).getNotificationStatus() == status;
    }

    @Override
    public void register(CloudConnectionStatusComponent component) {
      assertFalse(registered.contains(component), "registered twice");
      registered.add(component);
    }

    @Override
    public void unregister(CloudConnectionStatusComponent component) {
      registered.remove(component);
    }

    @Override
    public boolean updateStatus(
        CloudConnectionStatusComponent component, CloudConnectionStatusEnum status) {
      assertTrue(registered.contains(component), "not registered");
      component.setNotificationStatus(status);
      return true;
    }
  }
}
