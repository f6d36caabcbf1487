/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.itests;

import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.rejoin.azure.emulator.net.Greeting;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.configuration.Password;
import org.eclipse.kura.ssl.SslManagerService;
import org.junit.Test;
import org.osgi.framework.ServiceRegistration;

/**
 * Activation, a changed configuration and deactivation never wait for the network. Proved by peers
 * that answer nobody until the end of the test, and by the threads that are found waiting for them.
 */
public class NeverBlocksIT extends FrameworkTest {

  /** Whose time is their own: nobody in Kura waits for them. */
  private static final Pattern WORKERS =
      Pattern.compile(".* worker|rejoin-.*|MQTT .*|azure-iot-.*|HttpClient-.*");

  private static final Pattern NETWORK =
      Pattern.compile("sun\\.nio\\.ch\\.(Net|NioSocketImpl|SocketChannelImpl)\\..*");

  private static final Pattern OURS =
      Pattern.compile("(io\\.rejoin\\.(azure|retry)|com\\.microsoft|org\\.eclipse\\.paho)\\..*");

  /** A cloud that accepts connections and stays silent. */
  @Test
  public void shouldComeChangeAndGoWhileHubAndDpsAreBlackHoles() throws Exception {
    gateway.startAll();
    gateway.azure().hubA().mqttDoor().greet(Greeting.STAY_SILENT);
    gateway.azure().dps().door().greet(Greeting.STAY_SILENT);
    Stack atDps = new Stack(gateway, "dps-silent").create();
    Stack atHub = withDeviceKey(new Stack(gateway, "hub-silent")).create();
    Await.until(
        "both ask", () -> "PROVISIONING".equals(state(atDps)) && "CONNECTING".equals(state(atHub)));
    Await.until(
        "both are on the network",
        () ->
            gateway.azure().dps().door().accepted() > 0
                && gateway.azure().hubA().mqttDoor().accepted() > 0
                && !waitingForTheNetwork().isEmpty());

    for (Stack stack : List.of(atDps, atHub)) {
      change(stack);
    }
    Set<String> waiting = waitingForTheNetwork();
    for (Stack stack : List.of(atDps, atHub)) {
      stack.delete();
    }

    assertTrue(waiting.toString(), waiting.stream().allMatch(WORKERS.asMatchPredicate()));
  }

  /** A trust store on a device that does not answer: the same, one step before the network. */
  @Test
  public void shouldComeChangeAndGoWhileItsTrustStoreAnswersNobody() throws Exception {
    gateway.startAll();
    CountDownLatch released = new CountDownLatch(1);
    Set<String> askers = ConcurrentHashMap.newKeySet();
    ServiceRegistration<SslManagerService> stuck = register("Stuck", released, askers);
    Map<String, Object> toStuck = Map.of("SslManagerService.target", Gateway.target("Stuck"));
    try {
      Stack atDps =
          new Stack(gateway, "dps-stuck").withConnection(toStuck).withProvisioner(toStuck).create();
      Stack atHub = withDeviceKey(new Stack(gateway, "hub-stuck")).withConnection(toStuck).create();
      Await.until("both ask it: " + askers, () -> askers.size() == 2);
      for (Stack stack : List.of(atDps, atHub)) {
        change(stack);
        stack.delete();
      }
    } finally {
      released.countDown();
      stuck.unregister();
    }

    assertFalse(askers.isEmpty());
    assertTrue(askers.toString(), askers.stream().allMatch(WORKERS.asMatchPredicate()));
  }

  private Stack withDeviceKey(Stack stack) {
    String key = gateway.azure().hubA().registry().add(stack.name()).id();
    return stack.withConnection(
        Map.of(
            "identity",
            "SYMMETRIC_KEY",
            "hub.host.name",
            LocalAzure.HUB_A,
            "device.id",
            key,
            "device.key",
            new Password(gateway.azure().hubA().registry().primaryKey(key).toCharArray())));
  }

  /** Everything that leads to a new connection, while the old attempt hangs. */
  private void change(Stack stack) throws Exception {
    set(stack.connection(), "keep.alive.seconds", 61);
    set(stack.connection(), "device.id", "another");
    set(stack.provisioner(), "total.timeout.seconds", 61);
    set(stack.endpoint(), "outbox.window", 7);
    set(stack.policy(), "capSeconds", 9.0);
  }

  private void set(String pid, String id, Object value) throws Exception {
    gateway.update(pid, Map.of(id, value));
    Await.until(
        pid + " " + id,
        () ->
            Objects.equals(
                value, gateway.reference(ConfigurableComponent.class, pid).getProperty(id)));
  }

  private static String state(Stack stack) {
    return stack.info("Connection State");
  }

  /** The threads that are in a network call for the add-on. */
  private static Set<String> waitingForTheNetwork() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(thread -> any(thread.getValue(), NETWORK) && any(thread.getValue(), OURS))
        .map(thread -> thread.getKey().getName())
        .collect(Collectors.toSet());
  }

  private static boolean any(StackTraceElement[] stack, Pattern wanted) {
    return Arrays.stream(stack)
        .map(frame -> frame.getClassName() + "." + frame.getMethodName())
        .anyMatch(wanted.asMatchPredicate());
  }

  private ServiceRegistration<SslManagerService> register(
      String pid, CountDownLatch released, Set<String> askers) {
    SslManagerService service =
        (SslManagerService)
            Proxy.newProxyInstance(
                NeverBlocksIT.class.getClassLoader(),
                new Class<?>[] {SslManagerService.class},
                (proxy, method, arguments) -> {
                  if (method.getDeclaringClass() == Object.class) {
                    return method.getName().equals("equals")
                        ? proxy == arguments[0]
                        : (Object) System.identityHashCode(proxy);
                  }
                  askers.add(Thread.currentThread().getName());
                  released.await();
                  throw new IllegalStateException("it never answered");
                });
    Dictionary<String, Object> properties = new Hashtable<>(Map.of("kura.service.pid", pid));
    return gateway.context().registerService(SslManagerService.class, service, properties);
  }
}
