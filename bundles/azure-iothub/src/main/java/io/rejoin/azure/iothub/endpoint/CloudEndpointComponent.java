/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.endpoint;

import io.rejoin.azure.iothub.connection.HubConnection;
import io.rejoin.azure.iothub.connection.HubConnectionListener;
import io.rejoin.azure.iothub.message.DirectMethodAnswer;
import io.rejoin.azure.iothub.message.OutgoingMessage;
import io.rejoin.azure.iothub.outbox.OutboxRunner;
import io.rejoin.azure.iothub.payload.MessageIds;
import io.rejoin.azure.iothub.payload.MessageTemplate;
import io.rejoin.azure.iothub.twin.TwinRules;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArraySet;
import org.eclipse.kura.KuraConnectException;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.CloudConnectionManager;
import org.eclipse.kura.cloudconnection.CloudEndpoint;
import org.eclipse.kura.cloudconnection.listener.CloudConnectionListener;
import org.eclipse.kura.cloudconnection.listener.CloudDeliveryListener;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.subscriber.listener.CloudSubscriberListener;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.configuration.ConfigurationService;
import org.eclipse.kura.message.store.provider.MessageStoreProvider;
import org.eclipse.kura.status.CloudConnectionStatusService;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;
import org.osgi.service.event.EventHandler;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The endpoint: accepts messages into the outbox, and tells Kura how the connection is. Stays
 * registered whatever its configuration says and whichever of its references are there; without a
 * connection it stores, without a store it refuses, and says so.
 */
@Component(
    name = IotHubEndpoint.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    service = {
      CloudEndpoint.class,
      CloudConnectionManager.class,
      ConfigurableComponent.class,
      EventHandler.class
    },
    property = {
      "kura.ui.service.hide:Boolean=true",
      "kura.ui.factory.hide=true",
      "event.topics=" + CloudEndpointComponent.CONNECTION_STATE_TOPIC
    })
@Designate(ocd = CloudEndpointOcd.class, factory = true)
public final class CloudEndpointComponent
    implements IotHubEndpoint, ConfigurableComponent, EventHandler {
  static final String CONNECTION_STATE_TOPIC = "io/rejoin/azure/iothub/connection/STATE_CHANGED";

  private static final Logger logger = LoggerFactory.getLogger(CloudEndpointComponent.class);

  /** The entry of {@link HubConnection#info} that matters here. */
  private static final String STATE = "Connection State";

  /** How long {@link #connect} waits before it answers; the connection tries on. */
  private static final int CONNECT_SECONDS = 30;

  private final int connectSeconds;
  private final String pid;
  private final OutboxRunner outbox;
  private final MessageIds ids = new MessageIds(new SecureRandom());
  private final Notifier notifier;
  private final StatusLight light = new StatusLight();
  private final ConnectionNews news;
  private final Connecting connecting = new Connecting();
  private final Sessions watch = new Sessions();
  private final CloudReception reception;
  private final Set<CloudDeliveryListener> deliveryListeners = new CopyOnWriteArraySet<>();

  private volatile EndpointOptions options;
  private volatile List<String> problems;
  private volatile @Nullable HubConnection connection;
  private volatile @Nullable MessageStoreProvider storeProvider;
  private volatile @Nullable StoreDescription store;
  private volatile @Nullable EventAdmin eventAdmin;

  /** Reads the configuration; the references follow, then {@link #activate}. */
  @Activate
  public CloudEndpointComponent(Map<String, Object> properties) {
    this(properties, CONNECT_SECONDS);
  }

  CloudEndpointComponent(Map<String, Object> properties, int connectSeconds) {
    this.connectSeconds = connectSeconds;
    pid =
        String.valueOf(
            properties.getOrDefault(ConfigurationService.KURA_SERVICE_PID, IotHubEndpoint.PID));
    options = EndpointOptions.read(properties);
    problems = options.problems();
    warn(problems, "its default is used instead");
    notifier = new Notifier(pid);
    news = new ConnectionNews(pid, notifier::tell, this::showLight, this::post);
    outbox = new OutboxRunner(pid, options.outbox(), UUID.randomUUID().toString(), this::delivered);
    reception = new CloudReception(notifier::tell, this::getInfo, outbox::status);
  }

  @Activate
  void activate() {
    outbox.start();
    logger.info("{}: activated", pid);
  }

  @Modified
  void modified(Map<String, Object> properties) {
    EndpointOptions read = EndpointOptions.read(properties);
    if (!read.problems().isEmpty()) {
      if (!read.problems().equals(problems)) {
        warn(read.problems(), "the last good configuration stays");
      }
      problems = read.problems();
      return;
    }
    problems = List.of();
    if (!read.outbox().equals(options.outbox())) {
      options = read;
      outbox.settings(read.outbox());
    }
  }

  @Deactivate
  void deactivate() {
    HubConnection current = connection;
    if (current != null) {
      current.serve(null);
      current.removeListener(watch);
    }
    connecting.giveUp("the endpoint was stopped meanwhile");
    light.show(false, false);
    outbox.stop();
    notifier.stop();
    logger.info("{}: deactivated", pid);
  }

  private void warn(List<String> lines, String consequence) {
    lines.forEach(line -> logger.warn("{}: {}; {}", pid, line, consequence));
  }

  // ---- services that come and go

  @Reference(
      name = "Connection",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  synchronized void bindConnection(HubConnection bound) {
    useConnection(bound);
  }

  synchronized void unbindConnection(HubConnection unbound) {
    if (connection == unbound) {
      useConnection(null);
    }
  }

  private void useConnection(@Nullable HubConnection changed) {
    HubConnection old = connection;
    connection = changed;
    outbox.connection(changed);
    if (old != null) {
      old.serve(null);
      old.removeListener(watch);
      connecting.giveUp("the connection went away or was replaced meanwhile");
      watch.down(0, false);
      reception.inbox().forget();
    }
    if (changed != null) {
      changed.serve(reception);
      changed.addListener(watch);
    }
    notifier.tell(this::showLight);
  }

  @Reference(
      name = "MessageStoreProvider",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY,
      updated = "updatedMessageStoreProvider")
  synchronized void bindMessageStoreProvider(
      MessageStoreProvider bound, Map<String, Object> properties) {
    storeProvider = bound;
    store = StoreDescription.of(properties);
    outbox.store(bound);
  }

  synchronized void updatedMessageStoreProvider(
      MessageStoreProvider updated, Map<String, Object> properties) {
    if (storeProvider == updated) {
      store = StoreDescription.of(properties);
    }
  }

  synchronized void unbindMessageStoreProvider(MessageStoreProvider unbound) {
    if (storeProvider == unbound) {
      storeProvider = null;
      store = null;
      outbox.store(null);
    }
  }

  @Reference(
      name = "EventAdmin",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC)
  void bindEventAdmin(EventAdmin bound) {
    eventAdmin = bound;
  }

  void unbindEventAdmin(EventAdmin unbound) {
    if (eventAdmin == unbound) {
      eventAdmin = null;
    }
  }

  @Reference(
      name = "CloudConnectionStatusService",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC)
  void bindCloudConnectionStatusService(CloudConnectionStatusService bound) {
    light.service(bound);
  }

  void unbindCloudConnectionStatusService(CloudConnectionStatusService unbound) {
    light.without(unbound);
  }

  // ---- CloudEndpoint

  @Override
  public @Nullable String publish(KuraMessage message) throws KuraException {
    MessageTemplate template = MessageTemplate.DEFAULT;
    return publish(
        template.fill(message, newMessageId(), null, System.currentTimeMillis()),
        template.priority());
  }

  @Override
  public @Nullable String publish(OutgoingMessage message, int priority) throws KuraException {
    outbox.publish(message, priority);
    HubConnection current = connection;
    if (current != null) {
      current.published(priority);
    }
    return message.qos() == 0 ? null : message.messageId();
  }

  @Override
  public String newMessageId() {
    return ids.next();
  }

  @Override
  public Map<String, String> getInfo() {
    HubConnection current = connection;
    Map<String, String> info = new TreeMap<>();
    if (current == null) {
      info.put(STATE, "NO CONNECTION CHOSEN, or it is not there");
    } else {
      info.putAll(current.info());
    }
    OutboxEntries.add(info, outbox.status(), options.outbox(), store);
    if (!problems.isEmpty()) {
      info.put("Configuration Problem, Endpoint", String.join("; ", problems));
    }
    return info;
  }

  /** The properties are those that a message must have; none for every message. */
  @Override
  public void registerSubscriber(
      Map<String, Object> subscription, CloudSubscriberListener listener) {
    Map<String, String> filter = new HashMap<>();
    subscription.forEach((name, value) -> filter.put(name, String.valueOf(value)));
    reception.inbox().subscribe(filter, listener);
  }

  @Override
  public void unregisterSubscriber(CloudSubscriberListener listener) {
    reception.inbox().unsubscribe(listener);
    reception.methods().forget(listener);
    reception.desired().unsubscribe(listener);
  }

  @Override
  public void serveMethod(MethodSubscription method, CloudSubscriberListener listener) {
    reception.methods().serve(method, listener);
  }

  @Override
  public void answerMethod(String requestId, DirectMethodAnswer answer) throws KuraException {
    if (!reception.methods().answer(requestId, answer)) {
      throw new KuraException(
          KuraErrorCode.BAD_REQUEST, null, "nobody waits for an answer to " + requestId);
    }
  }

  @Override
  public void subscribeDesiredProperties(CloudSubscriberListener listener) {
    HubConnection current = connection;
    if (reception.desired().subscribe(listener) && current != null) {
      current.askForDesired();
    }
  }

  @Override
  public String report(String patch) throws KuraException {
    HubConnection current = connection;
    if (current == null) {
      throw new KuraException(
          KuraErrorCode.SERVICE_UNAVAILABLE, null, "no connection to report properties to");
    }
    String id = newMessageId();
    try {
      var unused =
          current
              .report(TwinRules.patch(patch))
              .whenComplete((nothing, error) -> reported(id, error));
    } catch (IllegalArgumentException e) {
      throw new KuraException(KuraErrorCode.BAD_REQUEST, e, e.getMessage());
    }
    return id;
  }

  private void reported(String id, @Nullable Throwable error) {
    if (error == null) {
      delivered(id);
    } else {
      logger.warn("{}: properties were not reported: {}", pid, error.getMessage());
    }
  }

  @Override
  public void registerCloudDeliveryListener(CloudDeliveryListener listener) {
    deliveryListeners.add(listener);
  }

  @Override
  public void unregisterCloudDeliveryListener(CloudDeliveryListener listener) {
    deliveryListeners.remove(listener);
  }

  private void delivered(String messageId) {
    if (!deliveryListeners.isEmpty()) {
      deliveryListeners.forEach(l -> notifier.tell(() -> l.onMessageConfirmed(messageId)));
    }
  }

  // ---- CloudConnectionManager

  @Override
  public void connect() throws KuraConnectException {
    HubConnection current = connection;
    if (current == null) {
      throw new KuraConnectException("no connection: the one chosen under Connection is not there");
    }
    connecting.await(current, Duration.ofSeconds(connectSeconds));
  }

  @Override
  public void disconnect() {
    HubConnection current = connection;
    if (current != null) {
      current.disconnect();
    }
    connecting.giveUp("Disconnect was asked for meanwhile");
  }

  @Override
  public boolean isConnected() {
    HubConnection current = connection;
    return current != null && current.isConnected();
  }

  @Override
  public void registerCloudConnectionListener(CloudConnectionListener listener) {
    news.add(listener);
  }

  @Override
  public void unregisterCloudConnectionListener(CloudConnectionListener listener) {
    news.remove(listener);
  }

  // ---- news of the connection

  @Override
  public void handleEvent(Event event) {
    notifier.tell(this::showLight);
  }

  private void showLight() {
    HubConnection current = connection;
    boolean wanted = current != null && !"STOPPED".equals(current.info().get(STATE));
    light.show(wanted, isConnected());
  }

  private void post(Event event) {
    EventAdmin admin = eventAdmin;
    if (admin != null) {
      admin.postEvent(event);
    }
  }

  /** A new session: the one before may have been with another hub. */
  private final class Sessions implements HubConnectionListener {
    @Override
    public void up(long session) {
      HubConnection current = connection;
      if (reception.desired().forget() && current != null) {
        current.askForDesired();
      }
      news.up(session);
    }

    @Override
    public void draining(long session) {
      news.draining(session);
    }

    @Override
    public void down(long session, boolean onPurpose) {
      news.down(session, onPurpose);
    }
  }
}
