/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertNull;

import io.rejoin.retry.RetryDecision;
import io.rejoin.retry.RetryPolicy;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.KuraNotConnectedException;
import org.eclipse.kura.cloudconnection.CloudConnectionManager;
import org.eclipse.kura.cloudconnection.publisher.CloudPublisher;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;

/**
 * Bundles are stopped, started and updated, settings changed, components and services swapped, and
 * the connection used and lost, all at the same time: none of them waits for ever for another, and
 * nothing is left of it.
 *
 * <p>{@code -Drejoin.operations=10000} for the whole proof, {@code -Drejoin.seed=} to repeat what
 * each hand does; how they meet is up to the scheduler.
 */
public class RandomOperationsIT extends FrameworkTest {

  /** Far more than SCR waits. */
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static final int OPERATIONS = Integer.getInteger("rejoin.operations");
  private static final long SEED = Long.getLong("rejoin.seed", System.nanoTime());

  /** What the SDK's close may take, and more. */
  private static final Duration ALL_ENDS_WITHIN = Duration.ofSeconds(150);

  private static final String NAME = "hectic";
  private static final String OTHER_POLICY = "Other-" + NAME;
  private static final String OTHER_STORE = "Other-store-" + NAME;

  /** Those that open and close links end by themselves when idle. */
  private static final Pattern OURS =
      Pattern.compile("(rejoin-(?!link-)|MQTT ).*|.*(azure-iot-sdk|" + NAME + ").*");

  private final Queue<Throwable> unexpected = new ConcurrentLinkedQueue<>();
  private Stack stack;

  /**
   * As in Kura. When a reference's target changes while services come and go, SCR 2.1.16 loses an
   * event now and then; it waits for it when the component is deactivated, and goes on after this.
   */
  @Override
  Duration scrWaits() {
    return Duration.ofSeconds(5);
  }

  @Test
  public void shouldNeverWaitForEachOther() throws Exception {
    gateway.startAll();
    stack = new Stack(gateway, NAME).create().awaitConnected();
    gateway.create(Stack.STORE_FACTORY, OTHER_STORE, Map.of("db.connector.url", "jdbc:h2:mem:o"));
    List<Hand> hands =
        List.of(
            new Hand("bundles", 1, this::bundles),
            new Hand("settings", 2, this::settings),
            new Hand("swaps", 3, this::swaps),
            new Hand("application", 4, this::application));

    hands.forEach(Hand::start);
    for (Hand hand : hands) {
      hand.awaitEnd();
    }

    gateway.startAll();
    stack.delete();
    stack.create().awaitConnected();
    stack.awaitReceived(gateway.azure().hubA(), Set.of(stack.publish("after all")));
    stack.delete();
    gateway.delete(OTHER_STORE);
    for (Bundle bundle : addOn()) {
      bundle.stop();
    }
    Await.until(() -> "no thread left: " + left(), ALL_ENDS_WITHIN, () -> left().isEmpty());
    assertEquals(List.of(), List.copyOf(unexpected));
    assertNull(ManagementFactory.getThreadMXBean().findDeadlockedThreads());
  }

  // ---- what the hands do

  private void bundles(Random random) throws Exception {
    Bundle bundle = any(addOn(), random);
    if (random.nextInt(20) == 0) {
      gateway.update(any(Features.ALL, random));
    } else if (bundle.getState() == Bundle.ACTIVE) {
      bundle.stop();
    } else {
      bundle.start();
    }
  }

  private List<Bundle> addOn() throws BundleException {
    List<Bundle> all = new ArrayList<>();
    for (String feature : Features.ALL) {
      all.addAll(gateway.bundles(feature));
    }
    return all;
  }

  /** While the bundle is stopped, Kura ignores them. */
  private void settings(Random random) throws Exception {
    switch (random.nextInt(6)) {
      case 0 -> gateway.update(stack.policy(), Map.of("capSeconds", 1.0 + random.nextInt(9)));
      case 1 -> set(stack.connection(), "keep.alive.seconds", 30 + random.nextInt(60));
      case 2 -> set(stack.connection(), "device.id", "device-" + random.nextInt(9));
      case 3 -> set(stack.endpoint(), "outbox.window", 1 + random.nextInt(100));
      case 4 -> set(stack.provisioner(), "total.timeout.seconds", 30 + random.nextInt(30));
      default -> set(stack.connection(), "reprovision.now", random.nextBoolean());
    }
  }

  private void set(String pid, String id, Object value) throws Exception {
    gateway.update(pid, Map.of(id, value));
  }

  private void swaps(Random random) throws Exception {
    switch (random.nextInt(7)) {
      case 0 -> swap(stack.connection(), "RetryPolicy", stack.policy(), OTHER_POLICY, random);
      case 1 -> swap(stack.connection(), "Provisioner", stack.provisioner(), "Nobody", random);
      case 2 -> swap(stack.endpoint(), "Connection", stack.connection(), "Nobody", random);
      case 3 -> swap(stack.endpoint(), "MessageStoreProvider", stack.store(), OTHER_STORE, random);
      case 4 -> {
        gateway.delete(stack.policy());
        gateway.create(Stack.POLICY_FACTORY, stack.policy(), Map.of("capSeconds", 0.4));
      }
      case 5 -> manager().disconnect();
      default -> appear(random);
    }
  }

  private void swap(String pid, String reference, String one, String other, Random random)
      throws Exception {
    set(pid, reference + ".target", Gateway.target(random.nextBoolean() ? one : other));
  }

  /** A policy of somebody else's comes, changes and goes, each on this very thread. */
  private void appear(Random random) {
    Dictionary<String, Object> properties =
        new Hashtable<>(Map.of("kura.service.pid", OTHER_POLICY));
    RetryPolicy policy = (request, chance) -> RetryDecision.after(Duration.ofMillis(50));
    ServiceRegistration<RetryPolicy> registration =
        gateway.context().registerService(RetryPolicy.class, policy, properties);
    properties.put("changed", random.nextInt());
    registration.setProperties(properties);
    registration.unregister();
  }

  private void application(Random random) throws Exception {
    switch (random.nextInt(10)) {
      case 0 -> gateway.azure().hubA().mqttDoor().cutAll();
      case 1 -> connect(manager());
      case 2, 3, 4 -> stack.info();
      default -> publisher().publish(Stack.message("in between"));
    }
  }

  /** Waits up to 30 s for success, so on a thread of its own. */
  private void connect(CloudConnectionManager manager) {
    Thread connecting =
        new Thread(
            () -> {
              try {
                manager.connect();
              } catch (KuraException e) {
                assertNotNull(e.getMessage());
              } catch (RuntimeException e) {
                unexpected.add(e);
              }
            });
    connecting.setDaemon(true);
    connecting.start();
  }

  private CloudConnectionManager manager() throws KuraException {
    return present(CloudConnectionManager.class, stack.endpoint());
  }

  private CloudPublisher publisher() throws KuraException {
    return present(CloudPublisher.class, stack.publisher());
  }

  private <S> S present(Class<S> type, String pid) throws KuraException {
    ServiceReference<S> reference = gateway.reference(type, pid);
    S service = reference == null ? null : gateway.context().getService(reference);
    if (service == null) {
      throw new KuraNotConnectedException(pid + " is not there");
    }
    return service;
  }

  private static <T> T any(List<T> all, Random random) {
    return all.get(random.nextInt(all.size()));
  }

  private static Set<String> left() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(OURS.asMatchPredicate())
        .collect(Collectors.toSet());
  }

  private interface Operation {
    void run(Random random) throws Exception;
  }

  /** A thread that does one thing after the other. */
  private static final class Hand extends Thread {
    private final Random random;
    private final Operation operation;
    private volatile int done;
    private volatile Throwable problem;

    Hand(String name, int number, Operation operation) {
      super(name);
      this.random = new Random(SEED + number);
      this.operation = operation;
    }

    @Override
    public void run() {
      try {
        while (done < OPERATIONS / 4) {
          once();
          done++;
        }
      } catch (Exception | LinkageError e) {
        problem = e;
      }
    }

    /** What Kura's API declares is an application's to live with. */
    private void once() throws Exception {
      try {
        operation.run(random);
      } catch (KuraException e) {
        assertNotNull(e.getMessage());
      }
    }

    void awaitEnd() throws InterruptedException {
      int before = -1;
      while (isAlive()) {
        if (before == done) {
          throw new AssertionError(
              getName() + " stuck after " + done + ", seed " + SEED + ":\n" + everyThread());
        }
        before = done;
        join(LIMIT.toMillis());
      }
      if (problem != null) {
        throw new AssertionError(getName() + " after " + done + ", seed " + SEED, problem);
      }
    }

    private static String everyThread() {
      return Arrays.stream(ManagementFactory.getThreadMXBean().dumpAllThreads(true, true))
          .map(String::valueOf)
          .collect(Collectors.joining());
    }
  }
}
