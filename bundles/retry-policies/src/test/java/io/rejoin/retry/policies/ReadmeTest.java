/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.retry.policies;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The tables of settings in the README, against the forms. */
class ReadmeTest {

  @ParameterizedTest
  @EnumSource
  void shouldListTheSettingsOfTheForm(Components component) throws IOException {
    String policy = component.pid.substring(component.pid.lastIndexOf('.') + 1);

    assertEquals(
        component.form().settings().stream()
            .map(s -> List.of(s.id(), s.fallback(), s.min(), s.max()))
            .toList(),
        rows(policy));
  }

  /** Setting, default, from and to of each row in a policy's table. */
  private static List<List<String>> rows(String policy) throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    String section = readme.split("\n### " + policy + "\n")[1].split("\n##")[0];
    return section
        .lines()
        .filter(line -> line.startsWith("| `"))
        .map(
            line ->
                List.of(line.split("\\|")).subList(1, 5).stream().map(ReadmeTest::text).toList())
        .toList();
  }

  private static String text(String cell) {
    return cell.strip().replace("`", "");
  }
}
