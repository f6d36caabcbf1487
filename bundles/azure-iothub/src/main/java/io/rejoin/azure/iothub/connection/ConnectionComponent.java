/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.connection;

import com.google.gson.JsonObject;
import io.rejoin.azure.iothub.config.Attributes;
import io.rejoin.azure.iothub.config.Secrets;
import io.rejoin.azure.iothub.link.probe.ProbeRecorder;
import io.rejoin.azure.iothub.link.socket.NameCache;
import io.rejoin.azure.iothub.message.Delivery;
import io.rejoin.azure.iothub.message.OutgoingMessage;
import io.rejoin.provisioning.Provisioner;
import io.rejoin.reconnect.BuiltInPolicy;
import io.rejoin.reconnect.Hint;
import io.rejoin.reconnect.PolicyGuard;
import io.rejoin.retry.RetryPolicy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.crypto.CryptoService;
import org.eclipse.kura.security.keystore.KeystoreService;
import org.eclipse.kura.ssl.SslManagerService;
import org.eclipse.kura.ssl.SslServiceListener;
import org.eclipse.kura.system.SystemService;
import org.eclipse.kura.watchdog.WatchdogService;
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
 * The connection as Kura sees it: its configuration, and the services that come and go around it.
 * Keeps its registration through every change; what it is told, it passes on to the supervisor.
 */
@Component(
    name = ConnectionComponent.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    service = {
      HubConnection.class,
      ConfigurableComponent.class,
      SslServiceListener.class,
      EventHandler.class
    },
    property = {
      "kura.ui.service.hide:Boolean=true",
      "kura.ui.factory.hide=true",
      "event.topics=org/eclipse/kura/clock",
      "event.topics=org/eclipse/kura/net/NetworkEvent/STATE_CHANGED",
      "event.topics=org/eclipse/kura/security/keystore/KeystoreChangedEvent/KEYSTORE_CHANGED",
      "event.topics=" + OperatorWish.TOPIC
    })
@Designate(ocd = ConnectionOcd.class, factory = true)
public final class ConnectionComponent
    implements HubConnection, ConfigurableComponent, SslServiceListener, EventHandler {

  static final String PID = "io.rejoin.azure.iothub.Connection";

  private static final Logger logger = LoggerFactory.getLogger(ConnectionComponent.class);
  private static final String KURA_PID = "kura.service.pid";
  private static final NamedPolicy BUILT_IN =
      new NamedPolicy(new BuiltInPolicy(), BuiltInPolicy.NAME);

  private final Secrets secrets;
  private final SystemService systemService;
  private final Services services = new Services();
  private final String pid;
  private final OperatorWish wish;
  private volatile Map<String, Object> properties;
  private volatile ConnectionOptions options;
  private volatile List<String> problems;
  private volatile @Nullable EventAdmin eventAdmin;
  private volatile @Nullable RunningConnection running;
  private @Nullable RetryPolicy policy;
  private volatile NamedPolicy named = BUILT_IN;

  /** Reads the configuration; the references follow, then {@link #activate}. */
  @Activate
  public ConnectionComponent(
      Map<String, Object> properties,
      @Reference CryptoService cryptoService,
      @Reference SystemService systemService) {
    this.secrets = new Secrets(cryptoService);
    this.systemService = systemService;
    this.pid = String.valueOf(properties.getOrDefault(KURA_PID, PID));
    this.wish = new OperatorWish(pid, properties);
    this.properties = properties;
    ConnectionOptions.Reading reading = ConnectionOptions.read(properties, secrets);
    options = reading.options();
    problems = reading.problems();
    warn(problems, "its default is used instead");
  }

  @Activate
  void activate() {
    NameCache.problem().ifPresent(problem -> logger.warn("{}: {}", pid, problem));
    named = named(properties);
    RunningConnection started =
        new RunningConnection(
            pid,
            options,
            services,
            plan(options),
            named,
            new StateReporter(pid, this::post),
            this::dataDirectory,
            this::post);
    running = started;
    started.supervisor().provisionerChanged(services.provisioner().orElse(null));
    if (options.wish().onStartup()) {
      started.upkeep().start();
    }
  }

  @Modified
  void modified(Map<String, Object> newProperties) {
    configure(newProperties);
    if (wish.turned(newProperties)) {
      reprovision("by the form", 0);
    }
  }

  private void configure(Map<String, Object> newProperties) {
    properties = newProperties;
    ConnectionOptions.Reading reading = ConnectionOptions.read(newProperties, secrets);
    if (!reading.problems().isEmpty()) {
      if (!reading.problems().equals(problems)) {
        warn(reading.problems(), "the last good configuration stays");
      }
      problems = reading.problems();
      return;
    }
    problems = List.of();
    ConnectionOptions before = options;
    options = reading.options();
    RunningConnection current = running;
    if (current == null || before.equals(options)) {
      return;
    }
    current.cloud().options(options);
    current.upkeep().options(options);
    boolean sameSource = before.who().identity() == options.who().identity();
    if (before.sameRoute(options) && sameSource) {
      current.supervisor().settingsChanged(plan(options));
    } else {
      logger.info("{}: configuration changed, connecting anew", pid);
      current.supervisor().targetChanged(plan(options));
    }
  }

  @Deactivate
  void deactivate() {
    RunningConnection stopping = running;
    running = null;
    if (stopping != null) {
      stopping.stop();
    }
  }

  private Supervisor.Plan plan(ConnectionOptions current) {
    return new Supervisor.Plan(
        current.settings(),
        ConfiguredRoute.target(current),
        new ConfiguredRoute(current, services, RunningConnection.probe(recorder(current))));
  }

  private @Nullable ProbeRecorder recorder(ConnectionOptions current) {
    if (!current.recordsProbe()) {
      return null;
    }
    Path directory = dataDirectory().orElse(null);
    if (directory == null) {
      logger.warn("{}: probe.record: Kura names no data directory (kura.data)", pid);
      return null;
    }
    return ProbeRecorder.in(directory, pid);
  }

  private Optional<Path> dataDirectory() {
    return Optional.ofNullable(systemService.getKuraDataDirectory()).map(Path::of);
  }

  private void warn(List<String> lines, String consequence) {
    lines.forEach(line -> logger.warn("{}: {}; {}", pid, line, consequence));
  }

  // ---- services that come and go --------------------------------------------------------------

  @Reference(
      name = "RetryPolicy",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY,
      updated = "updatedRetryPolicy",
      unbind = "unbindRetryPolicy")
  synchronized void bindRetryPolicy(RetryPolicy bound, Map<String, Object> policyProperties) {
    policy = bound;
    use(named(bound, policyProperties));
  }

  synchronized void updatedRetryPolicy(RetryPolicy updated, Map<String, Object> policyProperties) {
    if (policy == updated) {
      use(named(updated, policyProperties));
    }
  }

  synchronized void unbindRetryPolicy(RetryPolicy unbound) {
    if (policy == unbound) {
      policy = null;
      use(named(properties));
    }
  }

  private void use(NamedPolicy next) {
    named = next;
    tell(supervisor -> supervisor.policyChanged(next));
  }

  private NamedPolicy named(RetryPolicy bound, Map<String, Object> policyProperties) {
    String name = String.valueOf(policyProperties.getOrDefault(KURA_PID, "unnamed"));
    PolicyGuard guarded =
        new PolicyGuard(
            bound,
            fault ->
                logger.warn(
                    "{}: retry policy {} {}; the built-in policy decides instead",
                    pid,
                    name,
                    fault));
    return new NamedPolicy(guarded, name);
  }

  /** The policy while none is bound: the built-in one, and why. */
  private synchronized NamedPolicy named(Map<String, Object> own) {
    if (policy != null) {
      return named;
    }
    String wanted = new Attributes(own).target("RetryPolicy");
    return wanted == null
        ? BUILT_IN
        : new NamedPolicy(BUILT_IN.policy(), wanted + " is missing, built-in in use");
  }

  @Reference(
      name = "Provisioner",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY,
      updated = "updatedProvisioner",
      unbind = "unbindProvisioner")
  void bindProvisioner(Provisioner bound) {
    services.provisioner(bound);
    tell(supervisor -> supervisor.provisionerChanged(bound));
  }

  void updatedProvisioner(Provisioner updated) {
    if (services.provisioner().orElse(null) == updated) {
      tell(supervisor -> supervisor.provisionerChanged(updated));
    }
  }

  void unbindProvisioner(Provisioner unbound) {
    if (services.provisioner().orElse(null) == unbound) {
      services.provisioner(null);
      tell(supervisor -> supervisor.provisionerChanged(null));
    }
  }

  @Reference(
      name = "KeystoreService",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindKeystoreService(KeystoreService bound) {
    services.keystore(bound);
    hint(Hint.CERTIFICATE_CHANGED, options.who().identity() == Identity.X509);
  }

  void unbindKeystoreService(KeystoreService unbound) {
    if (services.keystore().orElse(null) == unbound) {
      services.keystore(null);
    }
  }

  @Reference(
      name = "TruststoreKeystoreService",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindTruststoreKeystoreService(KeystoreService bound) {
    services.truststore(bound);
    hint(Hint.CERTIFICATE_CHANGED, !isConnected());
  }

  void unbindTruststoreKeystoreService(KeystoreService unbound) {
    if (services.truststore().orElse(null) == unbound) {
      services.truststore(null);
    }
  }

  @Reference(
      name = "SslManagerService",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindSslManagerService(SslManagerService bound) {
    services.sslManager(bound);
    hint(Hint.CERTIFICATE_CHANGED, !isConnected());
  }

  void unbindSslManagerService(SslManagerService unbound) {
    if (services.sslManager().orElse(null) == unbound) {
      services.sslManager(null);
    }
  }

  @Reference(
      name = "WatchdogService",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC)
  void bindWatchdogService(WatchdogService bound) {
    services.watchdog(bound);
  }

  void unbindWatchdogService(WatchdogService unbound) {
    if (services.watchdog().orElse(null) == unbound) {
      services.watchdog(null);
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

  private void post(Event event) {
    EventAdmin admin = eventAdmin;
    if (admin != null) {
      admin.postEvent(event);
    }
  }

  // ---- news -----------------------------------------------------------------------------------

  @Override
  public void handleEvent(Event event) {
    switch (event.getTopic()) {
      case "org/eclipse/kura/clock" -> hint(Hint.CLOCK_SYNCHRONISED, !isConnected());
      case "org/eclipse/kura/net/NetworkEvent/STATE_CHANGED" -> hint(Hint.NETWORK_UP, true);
      case OperatorWish.TOPIC ->
          wish.spreadMillis(event).ifPresent(spread -> reprovision("by an event", spread));
      default -> keystoreChanged(String.valueOf(event.getProperty("sender.pid")));
    }
  }

  private void reprovision(String how, long spreadMillis) {
    logger.info("{}: an operator asked {} to have the device registered anew", pid, how);
    tell(supervisor -> supervisor.reprovision(spreadMillis));
  }

  private void keystoreChanged(String keystorePid) {
    Attributes own = new Attributes(properties);
    boolean ours =
        keystorePid.equals(own.target("KeystoreService"))
            || keystorePid.equals(own.target("TruststoreKeystoreService"));
    RunningConnection current = running;
    if (!ours && current != null && options.who().identity() == Identity.PROVISIONER) {
      current.upkeep().keystoreChanged();
    } else if (ours) {
      hint(Hint.CERTIFICATE_CHANGED, true);
    }
  }

  @Override
  public void onConfigurationUpdated() {
    hint(Hint.CERTIFICATE_CHANGED, services.sslManager().isPresent());
  }

  private void hint(Hint hint, boolean concerned) {
    if (hint == Hint.CERTIFICATE_CHANGED) {
      withRunning(current -> current.upkeep().certificateChanged());
    }
    if (concerned) {
      tell(supervisor -> supervisor.hint(hint));
    }
  }

  private void tell(Consumer<Supervisor> news) {
    withRunning(current -> news.accept(current.supervisor()));
  }

  /** Does nothing before the first connection is built and after the last one ended. */
  private void withRunning(Consumer<RunningConnection> action) {
    RunningConnection current = running;
    if (current != null) {
      action.accept(current);
    }
  }

  // ---- for the endpoint -----------------------------------------------------------------------

  @Override
  public void connect() {
    withRunning(current -> current.upkeep().connect());
  }

  @Override
  public void disconnect() {
    withRunning(current -> current.upkeep().disconnect());
  }

  @Override
  public boolean isConnected() {
    RunningConnection current = running;
    return current != null && current.supervisor().isConnected();
  }

  @Override
  public Map<String, String> info() {
    RunningConnection current = running;
    Map<String, String> info =
        new TreeMap<>(current == null ? Map.of() : current.supervisor().info());
    services.provisioner().ifPresent(provisioner -> ProvisionerEntries.add(info, provisioner));
    if (current != null) {
      current.upkeep().addTo(info);
    }
    if (!problems.isEmpty()) {
      info.put("Configuration Problem", String.join("; ", problems));
    }
    return info;
  }

  @Override
  public void send(long session, OutgoingMessage message, Delivery delivery) {
    RunningConnection current = running;
    if (current == null) {
      delivery.unconfirmed("the connection is being removed");
    } else {
      current.supervisor().send(session, message, current.upkeep().watched(delivery));
    }
  }

  @Override
  public void published(int priority) {
    withRunning(current -> current.upkeep().published(priority));
  }

  @Override
  public void renew(long session, String why) {
    tell(supervisor -> supervisor.renew(session, why));
  }

  @Override
  public void addListener(HubConnectionListener listener) {
    tell(supervisor -> supervisor.addListener(listener));
  }

  @Override
  public void removeListener(HubConnectionListener listener) {
    tell(supervisor -> supervisor.removeListener(listener));
  }

  @Override
  public void serve(@Nullable HubClient client) {
    withRunning(current -> current.cloud().serve(client));
  }

  @Override
  public void askForDesired() {
    withRunning(current -> current.cloud().askForDesired());
  }

  @Override
  public CompletionStage<Void> report(JsonObject patch) {
    RunningConnection current = running;
    return current == null
        ? CompletableFuture.failedStage(
            new IllegalStateException("the connection is being removed"))
        : current.cloud().report(patch);
  }
}
