/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.gateway.agent;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.eclipse.kura.cloudconnection.publisher.CloudPublisher;
import org.eclipse.kura.configuration.ConfigurationService;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.deploymentadmin.DeploymentAdmin;
import org.osgi.service.event.EventConstants;
import org.osgi.service.event.EventHandler;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;

/**
 * Plays the technician and the application of the local gateway, in a thread of its own. The result
 * goes to the launcher through the {@link CompletableFuture} that it registered: 0 when nothing was
 * lost.
 */
@Component(
    immediate = true,
    service = {})
public final class GatewayAgent {

  private static final long READING_PERIOD_MS = 1_000;
  private static final long SCRIPTED_READING_PERIOD_MS = 250;
  private static final long CONFIRMATION_LIMIT_MS = 40_000;
  private static final String BY_LAUNCHER = "(rejoin.gateway=true)";

  /**
   * Kinds of failure that a wrong setting shows as; seen before the first connection they end the
   * run.
   */
  private static final Map<String, String> REMEDIES =
      Map.of(
          "ID_SCOPE_UNKNOWN", "REJOIN_ID_SCOPE: copy it from the provisioning service's overview",
          "REGISTRATION_UNKNOWN", "REJOIN_REGISTRATION_ID: create an enrolment for it first",
          "ENROLMENT_DISABLED", "REJOIN_REGISTRATION_ID: enable its enrolment",
          "PROVISIONING_UNAUTHORIZED", "REJOIN_DEVICE_KEY: copy the enrolment's key again",
          "UNAUTHORIZED", "REJOIN_CONNECTION_STRING: copy the device's again, with its key",
          "REFUSED", "REJOIN_CONNECTION_STRING: copy the device's again, with its key",
          "NAME_NOT_FOUND", "REJOIN_CONNECTION_STRING: HostName is not a hub's name");

  private final BundleContext context;
  private final GatewayPlan plan;
  private final GatewayStack stack;
  private final ConsoleEdits consoleEdits;
  private final Timeline timeline = new Timeline();

  @Activate
  public GatewayAgent(
      BundleContext context,
      @Reference ConfigurationService configurations,
      @Reference ConfigurationAdmin configurationAdmin,
      @Reference DeploymentAdmin deploymentAdmin) {
    this.context = context;
    this.consoleEdits = new ConsoleEdits(configurationAdmin);
    this.plan = GatewayPlan.of(context::getProperty);
    this.stack = new GatewayStack(context, configurations, deploymentAdmin);
    Thread thread = new Thread(this::run, "gateway");
    thread.setDaemon(true);
    thread.start();
  }

  @SuppressWarnings("unchecked")
  private void run() {
    CompletableFuture<Integer> result = launcherService(CompletableFuture.class);
    try {
      result.complete(work());
    } catch (Exception e) {
      timeline.printLast("STOPPED  " + e.getMessage());
      result.complete(2);
    }
  }

  private int work() throws Exception {
    listen();
    stack.install(plan.deploymentPackage());
    timeline.print("installed " + plan.deploymentPackage().getFileName());
    String password = context.getProperty(GatewayPlan.TRUST_PASSWORD);
    stack.trust(plan.trustStore(), password == null ? "" : password);
    stack.createConnection(plan);
    int configured = timeline.mark();
    Readings readings = new Readings(timeline);
    deliverTo(readings);
    boolean scripted = plan.script() != GatewayPlan.Script.NONE;
    readings.start(scripted ? SCRIPTED_READING_PERIOD_MS : READING_PERIOD_MS);
    awaitFirstConnection(configured);
    return scripted ? script(readings) : untilStopped(readings);
  }

  private int script(Readings readings) throws Exception {
    Cloud cloud = cloud();
    if (cloud == null) {
      throw new IllegalStateException("the tour needs the local cloud: leave REJOIN_* unset");
    }
    Tour tour = null;
    if (plan.script() == GatewayPlan.Script.TOUR) {
      tour = new Tour(stack, timeline, readings, cloud);
      tour.run();
    } else {
      new Restarts(context, webConsole(), timeline, readings).run();
    }
    finish(readings);
    Summary summary = Summary.of(readings, cloud, tour, timeline);
    summary.print();
    write(summary);
    return summary.lost() == 0 ? 0 : 1;
  }

  private WebConsole webConsole() {
    return new WebConsole(
        Integer.parseInt(context.getProperty("org.osgi.service.http.port")),
        context.getProperty("felix.webconsole.username")
            + ":"
            + context.getProperty("felix.webconsole.password"));
  }

  private void finish(Readings readings) throws InterruptedException {
    timeline.print("waiting until the hub has confirmed every accepted reading");
    readings.stop();
    if (!readings.awaitConfirmed(readings.accepted(), CONFIRMATION_LIMIT_MS)) {
      timeline.print(readings.accepted() - readings.confirmed() + " readings are unconfirmed");
    }
  }

  /** Publishes until the launcher ends the process, with a line of counts now and then. */
  private int untilStopped(Readings readings) throws Exception {
    while (true) {
      readings.awaitConfirmed(readings.confirmed() + 10, 60_000);
      timeline.print(
          "accepted "
              + readings.accepted()
              + ", confirmed "
              + readings.confirmed()
              + ", waiting "
              + (readings.accepted() - readings.confirmed()));
      write(Summary.of(readings, cloud(), null, timeline));
    }
  }

  private void write(Summary summary) throws Exception {
    if (!plan.json().isEmpty()) {
      summary.write(Path.of(plan.json()));
    }
  }

  /** A wrong setting shows before the first connection: said in one line, with the remedy. */
  private void awaitFirstConnection(int mark) throws InterruptedException {
    Timeline.Entry first =
        timeline.await(
            mark,
            "the first connection",
            90_000,
            entry ->
                entry.state().equals("CONNECTED")
                    || (entry.failures() > 0 && REMEDIES.containsKey(entry.kind())));
    if (!first.state().equals("CONNECTED")) {
      throw new IllegalStateException(REMEDIES.get(first.kind()) + " (" + first.reason() + ")");
    }
  }

  private void listen() {
    Hashtable<String, Object> properties = new Hashtable<>();
    properties.put(EventConstants.EVENT_TOPIC, Timeline.TOPIC);
    var unusedStates = context.registerService(EventHandler.class, timeline, properties);
    var unusedEdits = context.registerService(ConfigurationListener.class, consoleEdits, null);
  }

  /** Confirmations come from whatever publisher is there; it changes with its bundle. */
  private void deliverTo(Readings readings) {
    new ServiceTracker<>(
            context,
            CloudPublisher.class,
            new ServiceTrackerCustomizer<CloudPublisher, CloudPublisher>() {
              @Override
              public CloudPublisher addingService(ServiceReference<CloudPublisher> reference) {
                CloudPublisher publisher = context.getService(reference);
                publisher.registerCloudDeliveryListener(readings);
                readings.use(publisher);
                return publisher;
              }

              @Override
              public void modifiedService(
                  ServiceReference<CloudPublisher> reference, CloudPublisher publisher) {}

              @Override
              public void removedService(
                  ServiceReference<CloudPublisher> reference, CloudPublisher publisher) {
                readings.use(null);
                publisher.unregisterCloudDeliveryListener(readings);
                context.ungetService(reference);
              }
            })
        .open();
  }

  private @Nullable Cloud cloud() {
    UnaryOperator<String> commands = launcherService(UnaryOperator.class);
    return commands == null ? null : new Cloud(commands);
  }

  @SuppressWarnings({"unchecked", "NullAway"})
  private <S> S launcherService(Class<? super S> type) {
    try {
      Collection<? extends ServiceReference<?>> found =
          context.getServiceReferences((Class<Object>) type, BY_LAUNCHER);
      return found.isEmpty() ? null : (S) context.getService(found.iterator().next());
    } catch (InvalidSyntaxException e) {
      throw new IllegalArgumentException(Constants.FILTER_DIRECTIVE, e);
    }
  }
}
