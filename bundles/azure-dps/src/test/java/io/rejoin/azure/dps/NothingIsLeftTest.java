/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.dps;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rejoin.azure.dps.testing.FakeKura;
import io.rejoin.azure.dps.testing.ScriptedService;
import io.rejoin.azure.dps.testing.SocketService;
import io.rejoin.azure.dps.testing.TestKeys;
import io.rejoin.provisioning.ProvisioningRequest;
import io.rejoin.provisioning.ProvisioningRequest.Operation;
import io.rejoin.provisioning.ProvisioningResult;
import java.io.File;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Threads and sockets end with each request, however it ends, on the real clock. */
class NothingIsLeftTest {

  private static final int ROUNDS = 15;
  private static final File DESCRIPTORS = new File("/proc/self/fd");

  @TempDir Path data;

  @Test
  void shouldLeaveNoThreadWhetherAnsweredRefusedOrGivenUp() throws Exception {
    try (ScriptedService service = new ScriptedService();
        SocketService blackHole =
            new SocketService(socket -> socket.getInputStream().skip(99_999))) {
      for (int i = 0; i < ROUNDS; i++) {
        service.answer(404, "{\"errorCode\":404201}");
        get(lookup(create(service.endpoint())));
        DpsProvisioner stopped = create("127.0.0.1:" + blackHole.port());
        CompletionStage<ProvisioningResult> under = lookup(stopped);
        stopped.deactivate();
        get(under);
      }
      awaitNone();
    }
  }

  @Test
  void shouldLeaveNoSocket() throws Exception {
    assumeTrue(DESCRIPTORS.isDirectory(), "needs Linux");
    try (ScriptedService service = new ScriptedService()) {
      service.answer(404, "{}");
      get(lookup(create(service.endpoint())));
      int before = descriptors();
      for (int i = 0; i < ROUNDS; i++) {
        CountDownLatch asked = new CountDownLatch(1);
        service.answer(404, "{}");
        get(lookup(create(service.endpoint())));
        service.then(exchange -> asked.countDown());
        DpsProvisioner stopped = create(service.endpoint());
        CompletionStage<ProvisioningResult> under = lookup(stopped);
        assertTrue(asked.await(60, TimeUnit.SECONDS));
        stopped.deactivate();
        get(under);
      }
      // The server's own side of an abandoned exchange stays with the server.
      await(() -> descriptors() < before + ROUNDS + ROUNDS / 2);
    }
  }

  private DpsProvisioner create(String endpoint) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("kura.service.pid", "cloud-dps");
    properties.put("id.scope", "0ne1");
    properties.put("registration.id", "pump-7");
    properties.put("symmetric.key", "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=");
    properties.put("global.endpoint", endpoint);
    DpsProvisioner provisioner =
        new DpsProvisioner(FakeKura.cryptoService(), FakeKura.systemService(data), properties);
    provisioner.bindSslManagerService(FakeKura.sslManagerService(TestKeys.server()));
    return provisioner;
  }

  private static CompletionStage<ProvisioningResult> lookup(DpsProvisioner provisioner) {
    return provisioner.provision(new ProvisioningRequest(Operation.LOOKUP, "a test", false));
  }

  private static void get(CompletionStage<ProvisioningResult> stage) throws Exception {
    stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  private static void awaitNone() throws InterruptedException {
    for (Thread thread : ours()) {
      thread.join(10_000);
      assertFalse(thread.isAlive(), "still there: " + thread.getName());
    }
  }

  private static List<Thread> ours() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(t -> t.getName().startsWith("rejoin-dps") || t.getName().startsWith("HttpClient"))
        .toList();
  }

  private static int descriptors() {
    String[] names = DESCRIPTORS.list();
    return names == null ? 0 : names.length;
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    for (int i = 0; i < 200 && !condition.getAsBoolean(); i++) {
      assertFalse(never.await(100, TimeUnit.MILLISECONDS));
    }
    assertTrue(condition.getAsBoolean(), descriptors() + " file descriptors are open");
  }
}
