/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.rejoin.azure.iothub.message.DirectMethodAnswer;
import io.rejoin.provisioning.Assignment;
import io.rejoin.provisioning.DeviceCredential;
import io.rejoin.provisioning.Provisioner;
import io.rejoin.provisioning.ProvisionerStatus;
import io.rejoin.provisioning.ProvisioningRequest;
import io.rejoin.provisioning.ProvisioningResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BuiltInMethodsTest {
  private final List<String> done = new ArrayList<>();
  private BuiltInMethods.Offered offered = new BuiltInMethods.Offered(true, true, true);
  private boolean provisioned = true;
  private @Nullable Provisioner provisioner = new Fixed();
  private final BuiltInMethods methods =
      new BuiltInMethods(
          "test",
          () -> offered,
          () -> new TreeMap<>(Map.of("Failures In A Row", "3", "Hub", "h")),
          new Recording());

  @Test
  void shouldTellTheStatusPage() {
    assertEquals(
        new DirectMethodAnswer(200, "{\"failuresInARow\":\"3\",\"hub\":\"h\"}"),
        methods.call("getConnectionStatus", "null"));
  }

  @Test
  void shouldReconnectWithinTheSpread() {
    assertEquals(
        new DirectMethodAnswer(202, "{\"reconnectsWithinSeconds\":100}"),
        methods.call("reconnect", "null"));
    methods.call("reconnect", "{\"spreadSeconds\":0}");
    methods.call("reconnect", "{\"spreadSeconds\":3600}");
    assertEquals(List.of("reconnect PT1M40S", "reconnect PT0S", "reconnect PT1H"), done);
  }

  @Test
  void shouldRegisterAnewWithinTheSpread() {
    assertEquals(
        new DirectMethodAnswer(202, "{\"registersWithinSeconds\":600,\"budgetLeft\":\"2\"}"),
        methods.call("reprovision", "{}"));
    assertEquals(List.of("reprovision PT10M"), done);
  }

  @Test
  void shouldSayWhyItCannotRegister() {
    provisioner = null;
    assertEquals(503, methods.call("reprovision", "null").status());
    provisioned = false;
    assertEquals(409, methods.call("reprovision", "null").status());
    assertEquals(List.of(), done);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7",
        "[]",
        "{",
        "\"now\"",
        "{\"spreadSeconds\":-1}",
        "{\"spreadSeconds\":86401}",
        "{\"spreadSeconds\":1.5}",
        "{\"spreadSeconds\":99999999999}",
        "{\"spreadSeconds\":\"soon\"}",
        "{\"spreadSeconds\":null}",
        "{\"spreadSeconds\":[]}",
        "{\"spreadSeconds\":{}}"
      })
  void shouldRefuseAnotherPayload(String payload) {
    assertEquals(400, methods.call("reconnect", payload).status());
    assertEquals(400, methods.call("reprovision", payload).status());
    assertEquals(List.of(), done);
  }

  @Test
  void shouldLeaveOtherMethodsAndThoseSwitchedOffToSubscribers() {
    assertNull(methods.call("reboot", "null"));
    offered = new BuiltInMethods.Offered(false, false, false);
    assertNull(methods.call("getConnectionStatus", "null"));
    assertNull(methods.call("reconnect", "null"));
    assertNull(methods.call("reprovision", "null"));
    assertEquals(List.of(), done);
  }

  private final class Recording implements BuiltInMethods.Doing {
    @Override
    public void reconnect(Duration spread) {
      done.add("reconnect " + spread);
    }

    @Override
    public void reprovision(Duration spread) {
      done.add("reprovision " + spread);
    }

    @Override
    public boolean provisioned() {
      return provisioned;
    }

    @Override
    public Optional<Provisioner> provisioner() {
      return Optional.ofNullable(provisioner);
    }
  }

  /** Has two registrations left. */
  private static final class Fixed implements Provisioner {
    @Override
    public CompletionStage<ProvisioningResult> provision(ProvisioningRequest request) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Assignment> cachedAssignment() {
      return Optional.empty();
    }

    @Override
    public Optional<DeviceCredential> credential() {
      return Optional.empty();
    }

    @Override
    public ProvisionerStatus status() {
      return new ProvisionerStatus("test", 2, null, null, "", "");
    }
  }
}
