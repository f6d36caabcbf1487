/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.dps.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rejoin.provisioning.Assignment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateStoreTest {

  private static final ProvisioningState STATE =
      new ProvisioningState(
          new Assignment(
              "hub-a.azure-devices.net",
              "pump-7",
              Instant.parse("2026-03-01T12:00:00.1234567Z"),
              "\"5f01\"",
              "{\"site\":\"Zürich <north>\"}"),
          Instant.parse("2026-03-01T12:00:01Z"),
          "the hub does not know this device (404001)",
          Instant.parse("2026-03-02T01:00:00Z"),
          new Budget(0, Instant.parse("2026-03-01T12:00:00Z")));

  @TempDir Path directory;

  @Test
  void shouldFindNothingWhereNothingIs() {
    StateStore.Loaded loaded = store().load();

    assertEquals(new StateStore.Loaded(Optional.empty(), ""), loaded);
  }

  @Test
  void shouldReadBackWhatItWrote() {
    assertEquals(Optional.empty(), store().save(STATE));

    assertEquals(new StateStore.Loaded(Optional.of(STATE), ""), store().load());
  }

  @Test
  void shouldBeReadableByAPerson() throws IOException {
    store().save(STATE);

    String text = Files.readString(file());
    assertTrue(text.contains("\"hub\": \"hub-a.azure-devices.net\""), text);
    assertTrue(text.contains("\"reason\": \"the hub does not know this device (404001)\""), text);
    assertTrue(text.contains("Zürich <north>"), text);
  }

  @Test
  void shouldLeaveNoTemporaryFile() throws IOException {
    store().save(STATE);

    assertEquals(1, filesIn(directory.resolve("rejoin")));
  }

  /** As after a power cut on a file system that does not keep its promises. */
  @Test
  void shouldSetAFileAsideThatIsTornAtAnyByte() throws IOException {
    store().save(STATE);
    byte[] whole = Files.readAllBytes(file());
    int lastThatMatters =
        new String(whole, StandardCharsets.UTF_8).trim().getBytes(StandardCharsets.UTF_8).length;
    for (int length = 0; length < lastThatMatters; length++) {
      Files.write(file(), Arrays.copyOf(whole, length));

      StateStore.Loaded loaded = store().load();

      assertEquals(Optional.empty(), loaded.state(), "torn after " + length + " bytes");
      assertTrue(loaded.remark().contains("set aside as"), loaded.remark());
      assertFalse(Files.exists(file()));
      assertEquals(length, Files.size(aside("unreadable")));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "[]",
        "7",
        "{}",
        "{\"version\": 1}",
        "{\"version\": 0}",
        "{\"version\": \"1\"}",
        "{\"version\": 1, \"idScope\": \"0ne1\", \"registrationId\": \"pump-7\"}",
        "{\"version\": 1, \"idScope\": \"0ne1\", \"registrationId\": \"pump-7\", \"budget\": {}}",
        "{\"version\": 1, \"idScope\": \"0ne1\", \"registrationId\": \"pump-7\", \"budget\": 3}",
        "{\"version\": 1, \"idScope\": \"0ne1\", \"registrationId\": \"pump-7\","
            + " \"budget\": {\"left\": 1}, \"assignment\": {\"hub\": \"a\"}}",
        "{\"version\": 1, \"idScope\": \"0ne1\", \"registrationId\": \"pump-7\","
            + " \"budget\": {\"left\": 1, \"countingFrom\": \"yesterday\"}}",
        "{\"version\": 1, \"idScope\": \"0ne1\", \"registrationId\": \"pump-7\","
            + " \"budget\": {\"left\": 1}} and more",
        "\u0000\u0000\u0000\u0000"
      })
  void shouldSetAFileAsideThatIsNoStateFile(String text) throws IOException {
    write(text);

    assertTrue(store().load().remark().contains("set aside as"));
    assertEquals(text, Files.readString(aside("unreadable")));
  }

  @Test
  void shouldSetAFileAsideThatIsTooDeep() throws IOException {
    write("[".repeat(200_000));

    assertTrue(store().load().remark().contains("set aside as"));
  }

  @Test
  void shouldSetAFileAsideThatIsNotText() throws IOException {
    Files.createDirectories(file().getParent());
    Files.write(file(), new byte[] {(byte) 0xFF, (byte) 0xFE, 0, 1});

    assertTrue(store().load().remark().contains("not UTF-8"));
  }

  @Test
  void shouldSetAHugeFileAside() throws IOException {
    write(" ".repeat(300_000));

    assertTrue(store().load().remark().contains("larger than"));
  }

  @Test
  void shouldSetAFileAsideOfAnotherRegistration() throws IOException {
    new StateStore(file(), "0ne1", "pump-8").save(STATE);

    String remark = store().load().remark();

    assertTrue(remark.contains("belongs to registration pump-8 of id scope 0ne1"), remark);
    assertTrue(Files.exists(aside("foreign")));
  }

  @Test
  void shouldSetAFileAsideOfAnotherIdScope() {
    new StateStore(file(), "0ne2", "pump-7").save(STATE);

    assertTrue(store().load().remark().contains("id scope 0ne2"));
  }

  @Test
  void shouldSetAFileAsideOfALaterRelease() throws IOException {
    write("{\"version\": 2, \"whatever\": true}");

    assertTrue(store().load().remark().contains("version 2"));
    assertTrue(Files.exists(aside("newer")));
  }

  @Test
  void shouldIgnoreWhatALaterReleaseOfTheSameVersionAdds() throws IOException {
    store().save(STATE);
    Files.writeString(file(), Files.readString(file()).replaceFirst("\\{", "{\"added\": [1, 2],"));

    assertEquals(Optional.of(STATE), store().load().state());
  }

  @Test
  void shouldSayThatItCannotWrite() throws IOException {
    Files.writeString(directory.resolve("rejoin"), "a file where a directory should be");

    String problem = store().save(STATE).orElseThrow();

    assertTrue(problem.contains("cannot write") && problem.contains("free space"), problem);
  }

  @Test
  void shouldSayThatItCannotRead() throws IOException {
    Files.createDirectories(file());

    StateStore.Loaded loaded = store().load();

    assertEquals(Optional.empty(), loaded.state());
    assertTrue(loaded.remark().contains("cannot read"), loaded.remark());
  }

  @Test
  void shouldKeepTheOldStateWhenTheNewOneCannotBeWritten() throws IOException {
    store().save(STATE);
    Files.createDirectories(file().resolveSibling(file().getFileName() + ".tmp"));

    assertTrue(store().save(STATE.ended(new Budget(9, null))).isPresent());

    assertEquals(Optional.of(STATE), store().load().state());
  }

  @Test
  void shouldReplaceAnOlderFileThatWasSetAside() throws IOException {
    write("first");
    store().load();
    write("second");
    store().load();

    assertEquals("second", Files.readString(aside("unreadable")));
    assertEquals(1, filesIn(directory.resolve("rejoin")));
  }

  @Test
  void shouldWriteDespiteAnInterrupt() {
    Thread.currentThread().interrupt();
    try {
      assertEquals(Optional.empty(), store().save(STATE));
    } finally {
      assertTrue(Thread.interrupted());
    }
    assertEquals(Optional.of(STATE), store().load().state());
  }

  @Property(tries = 200)
  void shouldReadBackAnyState(@ForAll("states") ProvisioningState state) {
    StateStore store = new StateStore(SHARED.resolve("any.json"), "0ne1", "pump-7");

    assertEquals(Optional.empty(), store.save(state));

    assertEquals(new StateStore.Loaded(Optional.of(state), ""), store.load());
  }

  @Provide
  Arbitrary<ProvisioningState> states() {
    Arbitrary<String> text =
        Arbitraries.strings().withCharRange('\u0000', '\ud7ff').ofMaxLength(40);
    Arbitrary<Instant> time =
        Arbitraries.longs().between(0, 4_000_000_000_000L).map(Instant::ofEpochMilli);
    Arbitrary<Assignment> assignment =
        Combinators.combine(text.map(t -> "h" + t), text.map(t -> "d" + t), time, text, text)
            .as(Assignment::new);
    Arbitrary<Budget> budget =
        Combinators.combine(Arbitraries.integers().between(-1, 100), time.injectNull(0.3))
            .as(Budget::new);
    return Combinators.combine(assignment.injectNull(0.3), time, text, time.injectNull(0.5), budget)
        .as(ProvisioningState::new);
  }

  private static final Path SHARED = temporary();

  private static Path temporary() {
    try {
      return Files.createTempDirectory("state-store");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterContainer
  static void cleanUp() throws IOException {
    Files.deleteIfExists(SHARED.resolve("any.json"));
    Files.deleteIfExists(SHARED);
  }

  private StateStore store() {
    return new StateStore(file(), "0ne1", "pump-7");
  }

  private Path file() {
    return directory.resolve("rejoin").resolve("cloud.dps.json");
  }

  private Path aside(String suffix) {
    return file().resolveSibling("cloud.dps.json." + suffix);
  }

  private void write(String text) throws IOException {
    Files.createDirectories(file().getParent());
    Files.writeString(file(), text);
  }

  private static long filesIn(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.count();
    }
  }
}
