/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.factory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rejoin.azure.iothub.endpoint.IotHubEndpoint;
import io.rejoin.azure.iothub.testing.FakeKura;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.kura.KuraException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CloudConnectionFactoryComponentTest {
  private static final String ENDPOINT = "io.rejoin.azure.iothub.CloudEndpoint-line7";
  private static final String CONNECTION = "io.rejoin.azure.iothub.Connection-line7";
  private static final String POLICY = "io.rejoin.retry.ExponentialBackoff-line7";
  private static final String PROVISIONER = "io.rejoin.azure.dps.Provisioner-line7";
  private static final String STORE = "io.rejoin.azure.iothub.MessageStore-line7";
  private static final List<String> ALL = List.of(ENDPOINT, CONNECTION, POLICY, PROVISIONER, STORE);

  private final FakeKura kura = new FakeKura();
  private final CloudConnectionFactoryComponent factory =
      new CloudConnectionFactoryComponent(
          kura.service(), kura.admin(), FakeKura.system("/opt/eclipse/kura/data"));

  @BeforeEach
  void everythingIsInstalled() {
    kura.factories.addAll(
        Set.of(
            IotHubEndpoint.PID,
            CloudConnectionFactoryComponent.CONNECTION,
            CloudConnectionFactoryComponent.POLICY,
            CloudConnectionFactoryComponent.PROVISIONER,
            CloudConnectionFactoryComponent.STORE_FACTORY));
  }

  @Test
  void shouldCreateAllPartsWiredToEachOther() throws Exception {
    factory.createConfiguration(ENDPOINT);

    assertEquals(Set.copyOf(ALL), kura.configured.keySet());
    assertEquals(target(CONNECTION), property(ENDPOINT, "Connection.target"));
    assertEquals(target(STORE), property(ENDPOINT, "MessageStoreProvider.target"));
    assertEquals(
        CloudConnectionFactoryComponent.PID,
        property(ENDPOINT, "kura.cloud.connection.factory.pid"));
    assertEquals(target(POLICY), property(CONNECTION, "RetryPolicy.target"));
    assertEquals(target(PROVISIONER), property(CONNECTION, "Provisioner.target"));
    assertEquals(
        "jdbc:h2:file:/opt/eclipse/kura/data/rejoin/messages-line7"
            + ";WRITE_DELAY=0;MAX_LENGTH_INPLACE_LOB=4096",
        property(STORE, "db.connector.url"));
    assertEquals("org.eclipse.kura.core.db.H2DbService", property(STORE, "service.factoryPid"));
    assertEquals(1, kura.snapshots);
  }

  @Test
  void shouldCreateTheEndpointLast() throws Exception {
    factory.createConfiguration(ENDPOINT);

    assertEquals(ENDPOINT, kura.created.get(4));
  }

  @Test
  void shouldDoWithoutWhatIsNotInstalled() throws Exception {
    kura.factories.remove(CloudConnectionFactoryComponent.PROVISIONER);
    kura.factories.remove(CloudConnectionFactoryComponent.STORE_FACTORY);

    factory.createConfiguration(ENDPOINT);

    assertEquals(List.of(ENDPOINT, CONNECTION, POLICY), factory.getStackComponentsPids(ENDPOINT));
    assertFalse(kura.configured.get(CONNECTION).containsKey("Provisioner.target"));
  }

  @Test
  void shouldGiveEachConnectionAnOriginOfItsOwn() throws Exception {
    factory.createConfiguration(ENDPOINT);
    Object first = property(ENDPOINT, "outbox.origin");
    factory.deleteConfiguration(ENDPOINT);
    factory.createConfiguration(ENDPOINT);

    assertNotEquals(first, property(ENDPOINT, "outbox.origin"));
  }

  @Test
  void shouldRollBackACreationThatFailsHalfWay() {
    kura.failing = CONNECTION;

    assertThrows(KuraException.class, () -> factory.createConfiguration(ENDPOINT));

    assertEquals(Map.of(), kura.configured);
  }

  @Test
  void shouldTakeOverWhatIsLeftAndNotRollItBack() throws Exception {
    kura.configure(CloudConnectionFactoryComponent.CONNECTION, CONNECTION, Map.of("qos", 1));
    kura.configure(CloudConnectionFactoryComponent.POLICY, POLICY, Map.of("baseSeconds", 9));
    kura.failing = ENDPOINT;
    assertThrows(KuraException.class, () -> factory.createConfiguration(ENDPOINT));
    assertEquals(Set.of(CONNECTION, POLICY), kura.configured.keySet());

    kura.failing = "";
    factory.createConfiguration(ENDPOINT);

    assertEquals(Set.copyOf(ALL), kura.configured.keySet());
    assertEquals(target(POLICY), property(CONNECTION, "RetryPolicy.target"));
    assertEquals(9, property(POLICY, "baseSeconds"));
  }

  @Test
  void shouldNotTakeOverSomethingElse() {
    kura.configure("some.other.Factory", STORE, Map.of());

    KuraException e =
        assertThrows(KuraException.class, () -> factory.createConfiguration(ENDPOINT));

    assertTrue(e.getMessage().contains("some.other.Factory"), e.getMessage());
    assertEquals(Set.of(STORE), kura.configured.keySet());
  }

  @Test
  void shouldRefuseAConnectionThatExists() throws Exception {
    factory.createConfiguration(ENDPOINT);

    assertThrows(KuraException.class, () -> factory.createConfiguration(ENDPOINT));

    assertEquals(5, kura.configured.size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "io.rejoin.azure.iothub.CloudEndpoint",
        "io.rejoin.azure.iothub.CloudEndpoint-",
        "io.rejoin.azure.iothub.CloudEndpoint-a-b",
        "io.rejoin.azure.iothub.CloudEndpoint-a)(b",
        "org.eclipse.kura.cloud.CloudService-1"
      })
  void shouldRefusePidsOfOtherForms(String pid) {
    assertThrows(KuraException.class, () -> factory.createConfiguration(pid));
    assertThrows(KuraException.class, () -> factory.deleteConfiguration(pid));
    assertFalse(pid.matches(Suffix.PID_REGEX));
  }

  @Test
  void shouldSuggestAPidThatItAccepts() throws Exception {
    assertTrue(Suffix.PID_DEFAULT.matches(Suffix.PID_REGEX));
    factory.createConfiguration(Suffix.PID_DEFAULT);
  }

  @Test
  void shouldDeleteEverythingThatIsItsOwn() throws Exception {
    factory.createConfiguration(ENDPOINT);
    factory.createConfiguration("io.rejoin.azure.iothub.CloudEndpoint-line71");

    factory.deleteConfiguration(ENDPOINT);

    assertEquals(5, kura.configured.size());
    assertTrue(kura.configured.keySet().stream().allMatch(pid -> pid.endsWith("-line71")));
    assertEquals(3, kura.snapshots);
  }

  @Test
  void shouldKeepAPolicyAndAStoreThatAnotherConnectionUses() throws Exception {
    factory.createConfiguration(ENDPOINT);
    String other = "io.rejoin.azure.iothub.CloudEndpoint-2";
    factory.createConfiguration(other);
    kura.configured.get(other).put("MessageStoreProvider.target", target(STORE));
    kura.configured
        .get("io.rejoin.azure.iothub.Connection-2")
        .put("RetryPolicy.target", target(POLICY));

    factory.deleteConfiguration(ENDPOINT);

    assertTrue(kura.configured.keySet().containsAll(Set.of(POLICY, STORE)));
    assertFalse(kura.configured.containsKey(CONNECTION));
    assertEquals(7, kura.configured.size());
  }

  @Test
  void shouldNotDeleteAPolicyThatTheConnectionOnlyUses() throws Exception {
    factory.createConfiguration(ENDPOINT);
    kura.configure("io.rejoin.retry.FixedInterval", "shared", Map.of());
    kura.configured.get(CONNECTION).put("RetryPolicy.target", target("shared"));

    factory.deleteConfiguration(ENDPOINT);

    assertEquals(Set.of("shared"), kura.configured.keySet());
  }

  @Test
  void shouldAlsoDeleteWhatNeverCameUp() throws Exception {
    factory.createConfiguration(ENDPOINT);
    kura.untracked.addAll(ALL);

    factory.deleteConfiguration(ENDPOINT);

    assertEquals(Map.of(), kura.configured);
  }

  @Test
  void shouldShowATabForWhatIsInUse() throws Exception {
    factory.createConfiguration(ENDPOINT);
    assertEquals(ALL, factory.getStackComponentsPids(ENDPOINT));

    kura.configure("io.rejoin.retry.FixedInterval", "shared", Map.of());
    kura.configured.get(CONNECTION).put("RetryPolicy.target", target("shared"));
    kura.configured.remove(PROVISIONER);

    assertEquals(
        List.of(ENDPOINT, CONNECTION, "shared", STORE), factory.getStackComponentsPids(ENDPOINT));
  }

  @Test
  void shouldKeepABrokenConnectionListed() throws Exception {
    factory.createConfiguration(ENDPOINT);
    factory.createConfiguration("io.rejoin.azure.iothub.CloudEndpoint-2");
    kura.untracked.addAll(ALL);

    assertEquals(
        new TreeSet<>(Set.of(ENDPOINT, "io.rejoin.azure.iothub.CloudEndpoint-2")),
        factory.getManagedCloudConnectionPids());
    assertEquals(IotHubEndpoint.PID, factory.getFactoryPid());
  }

  private Object property(String pid, String key) {
    return kura.configured.get(pid).get(key);
  }

  private static String target(String pid) {
    return "(kura.service.pid=" + pid + ")";
  }
}
