/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.testbed.configuration;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rejoin.testbed.crypto.TestCrypto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.eclipse.kura.configuration.Password;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotsTest {
  private static final int KEEP = 3;

  @TempDir Path directory;
  private Snapshots snapshots;

  @BeforeEach
  void create() {
    snapshots = new Snapshots(directory, KEEP, TestCrypto.in(directory));
  }

  @Test
  void shouldReadWhatItWrote() throws KuraException {
    Map<String, Object> values = new HashMap<>();
    values.put("text", "<&> \u00e4\n");
    values.put("long", 1L);
    values.put("double", 1.5);
    values.put("float", 2.5f);
    values.put("integer", 3);
    values.put("byte", (byte) 4);
    values.put("char", 'c');
    values.put("boolean", true);
    values.put("short", (short) 5);
    values.put("empty", "");

    snapshots.write(List.of(new Configured("a", null, values)), 1000);

    assertEquals(values, latest("a"));
  }

  @Test
  void shouldReadArraysAndPasswords() throws KuraException {
    Map<String, Object> values =
        Map.of(
            "texts", new String[] {"a", "b"},
            "numbers", new int[] {1, 2},
            "none", new String[0],
            "key", new Password("secret"));

    snapshots.write(List.of(new Configured("a", null, values)), 1000);

    Map<String, Object> read = latest("a");
    assertArrayEquals(new String[] {"a", "b"}, (String[]) read.get("texts"));
    assertArrayEquals(new Integer[] {1, 2}, (Integer[]) read.get("numbers"));
    assertArrayEquals(new String[0], (String[]) read.get("none"));
    assertEquals("secret", read.get("key").toString());
  }

  @Test
  void shouldLeaveOutWhatHasNoTypeOfKuras() throws KuraException {
    Map<String, Object> values = new HashMap<>(Map.of("list", List.of("a")));
    values.put("nothing", null);

    snapshots.write(List.of(new Configured("a", null, values)), 1000);

    assertEquals(Map.of(), latest("a"));
  }

  @Test
  void shouldEncryptTheFile() throws KuraException, IOException {
    snapshots.write(List.of(new Configured("some.pid", null, Map.of())), 1000);

    String file = Files.readString(directory.resolve("snapshot_1000.xml"));
    assertFalse(file.contains("some.pid"));
  }

  @Test
  void shouldReadAPlainFileToo() throws KuraException {
    snapshots.deliver("/home/kura");

    Map<String, Object> keystore = latest("SSLKeystore");
    assertEquals("/home/kura/user/security/cacerts.ks", keystore.get("keystore.path"));
    assertEquals("changeit", keystore.get("keystore.password").toString());
  }

  @Test
  void shouldDeliverOnlyOnce() throws KuraException {
    snapshots.write(List.of(new Configured("mine", null, Map.of())), 1000);

    snapshots.deliver("/home/kura");

    assertEquals(Set.of(1000L), snapshots.ids());
  }

  @Test
  void shouldGrowItsIdsWhenTheClockGoesBack() throws KuraException {
    snapshots.write(List.of(), 1000);

    assertEquals(1001, snapshots.write(List.of(), 500));
  }

  @Test
  void shouldDeleteTheOldestButNotTheFirst() throws KuraException {
    snapshots.deliver("/home/kura");
    for (int now = 1; now <= KEEP + 2; now++) {
      snapshots.write(List.of(), now);
    }

    assertEquals(Set.of(0L, 4L, 5L), snapshots.ids());
  }

  @Test
  void shouldSayThatASnapshotIsMissing() {
    KuraException exception = assertThrows(KuraException.class, () -> snapshots.read(7));

    assertEquals(KuraErrorCode.CONFIGURATION_SNAPSHOT_NOT_FOUND, exception.getCode());
  }

  @Test
  void shouldSayThatASnapshotCannotBeRead() throws IOException {
    Files.writeString(directory.resolve("snapshot_1.xml"), "no snapshot");

    KuraException exception = assertThrows(KuraException.class, () -> snapshots.read(1));

    assertEquals(KuraErrorCode.CONFIGURATION_SNAPSHOT_LOADING, exception.getCode());
  }

  @Test
  void shouldHaveNothingBeforeTheFirst() throws KuraException {
    assertTrue(snapshots.latest().isEmpty());
    assertNull(latest("a"));
  }

  private Map<String, Object> latest(String pid) throws KuraException {
    return snapshots.latest().stream()
        .collect(
            Collectors.toMap(
                ComponentConfiguration::getPid, ComponentConfiguration::getConfigurationProperties))
        .get(pid);
  }
}
