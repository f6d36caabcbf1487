/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.rejoin.azure.emulator.hub.HubCount;
import io.rejoin.azure.emulator.hub.Pubacks;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.publisher.CloudPublisher;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.osgi.framework.Bundle;

/** What was accepted arrives, and is confirmed when the hub has confirmed it and not before. */
public class DeliveryIT extends FrameworkTest {

  private Stack stack;

  @Before
  public void connect() throws Exception {
    gateway.startAll();
    stack = new Stack(gateway, "delivery").create().awaitConnected();
  }

  @After
  public void disconnect() throws Exception {
    stack.delete();
  }

  @Test
  public void shouldLoseNothingWhenEachBundleIsStoppedAndStarted() throws Exception {
    try (Readings readings = new Readings()) {
      for (String feature : Features.ALL) {
        for (Bundle bundle : gateway.bundles(feature)) {
          restart(bundle, readings);
        }
      }
    }
  }

  private void restart(Bundle bundle, Readings readings) throws Exception {
    bundle.stop();
    readings.awaitMore(5, "while " + bundle.getSymbolicName() + " is stopped, or refused");
    bundle.start();
    readings.awaitAccepted(5, "after " + bundle.getSymbolicName() + " was started");
    stack.awaitReceived(gateway.azure().hubA(), readings.accepted());
  }

  @Test
  public void shouldConfirmNothingBeforeTheHubDoes() throws Exception {
    Set<String> confirmed = ConcurrentHashMap.newKeySet();
    stack.publisherService().registerCloudDeliveryListener(confirmed::add);
    gateway.azure().hubA().faults().pubacks(Pubacks.WITHHELD);

    Set<String> accepted = publish(20);
    stack.awaitReceived(gateway.azure().hubA(), accepted);
    Set<String> early = Set.copyOf(confirmed);
    gateway.azure().hubA().releasePubacks();

    Await.until("all confirmed, not " + confirmed, () -> confirmed.containsAll(accepted));
    assertEquals("confirmed before their PUBACK", Set.of(), early);
  }

  /** More than a window of messages, each confirmed while its sender is still at work. */
  @Test
  public void shouldLoseNoConfirmationThatComesAtOnce() throws Exception {
    Set<String> confirmed = ConcurrentHashMap.newKeySet();
    stack.publisherService().registerCloudDeliveryListener(confirmed::add);
    gateway.azure().hubA().faults().pubacks(Pubacks.AT_ONCE);
    long connects = gateway.azure().hubA().counted(HubCount.CONNECTS);

    Set<String> accepted = publish(300);

    Await.until("all confirmed", () -> confirmed.containsAll(accepted));
    assertTrue(stack.received(gateway.azure().hubA()).containsAll(accepted));
    assertEquals(
        "nothing had to be renewed", connects, gateway.azure().hubA().counted(HubCount.CONNECTS));
  }

  private Set<String> publish(int number) throws Exception {
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < number; i++) {
      ids.add(stack.publish("message " + i));
    }
    return ids;
  }

  /**
   * An application that publishes all the time, and that holds on to its publisher even where the
   * service has gone, as a careless one does.
   */
  private final class Readings implements AutoCloseable {
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final Set<String> accepted = ConcurrentHashMap.newKeySet();
    private volatile int tried;
    private CloudPublisher publisher;

    Readings() throws Exception {
      publisher = stack.publisherService();
      thread.scheduleAtFixedRate(this::publish, 0, 3, TimeUnit.MILLISECONDS);
    }

    private void publish() {
      try {
        accepted.add(publisher.publish(Stack.message("reading " + tried)));
      } catch (KuraException e) {
        var now = gateway.reference(CloudPublisher.class, stack.publisher());
        publisher = now == null ? publisher : gateway.context().getService(now);
      }
      tried++;
    }

    Set<String> accepted() {
      return Set.copyOf(accepted);
    }

    void awaitMore(int number, String when) throws Exception {
      int before = tried;
      Await.until("tried " + when, () -> tried >= before + number);
    }

    void awaitAccepted(int number, String when) throws Exception {
      int before = accepted.size();
      Await.until("accepted " + when, () -> accepted.size() >= before + number);
    }

    @Override
    public void close() {
      thread.shutdownNow();
    }
  }
}
