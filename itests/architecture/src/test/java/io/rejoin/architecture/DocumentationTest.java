/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the documentation points at is there: files, headings, tests, modules and profiles. */
class DocumentationTest {
  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.+?) *$");
  private static final Pattern FENCE = Pattern.compile("(?ms)^```.*?^```");
  private static final Pattern TEST = Pattern.compile("`([A-Z][A-Za-z]*(?:Test|IT))`");
  private static final Pattern MODULES = Pattern.compile("\\bmvn\\b[^\\n`]*? -pl ([\\w/,.-]+)");
  private static final Pattern PROFILE = Pattern.compile("\\bmvn\\b[^\\n`]*? -P ?([\\w-]+)");

  @Test
  void shouldLinkToWhatIsThere() {
    assertEquals(List.of(), complaints(ROOT, DocumentationTest::brokenLinks));
  }

  @Test
  void shouldNameTestsThatExist() {
    Set<String> sources = names(ROOT, ".java");
    assertEquals(
        List.of(),
        complaints(
            ROOT,
            page ->
                matches(TEST, read(page))
                    .map(match -> match.group(1))
                    .filter(test -> !sources.contains(test + ".java"))
                    .toList()));
  }

  @Test
  void shouldShowCommandsForModulesAndProfilesThatExist() {
    Set<String> profiles = profiles();
    assertEquals(List.of(), complaints(ROOT, page -> brokenCommands(page, profiles)));
  }

  @Test
  void shouldFindABrokenLink(@TempDir Path directory) throws IOException {
    Files.writeString(directory.resolve("there.md"), "# A heading, with `code`\n");
    Files.writeString(
        directory.resolve("page.md"),
        "[a](there.md#a-heading-with-code) [b](there.md#nowhere) [c](gone.md) [d](https://e.org)");

    assertEquals(
        List.of("page.md: there.md#nowhere", "page.md: gone.md"),
        complaints(directory, DocumentationTest::brokenLinks));
  }

  @Test
  void shouldReadThisProjectsPages() {
    assertTrue(pages(ROOT).size() > 5, "not run in its module");
  }

  private interface Check {
    List<String> of(Path page);
  }

  private static List<String> complaints(Path root, Check check) {
    List<String> found = new ArrayList<>();
    for (Path page : pages(root)) {
      check.of(page).forEach(what -> found.add(root.relativize(page) + ": " + what));
    }
    return found;
  }

  private static List<String> brokenLinks(Path page) {
    return matches(LINK, FENCE.matcher(read(page)).replaceAll(""))
        .map(match -> match.group(1))
        .filter(target -> !target.matches("[a-z]+:.*"))
        .filter(target -> !leadsSomewhere(page, target))
        .toList();
  }

  private static boolean leadsSomewhere(Path page, String target) {
    int hash = target.indexOf('#');
    String file = hash < 0 ? target : target.substring(0, hash);
    Path path = file.isEmpty() ? page : page.resolveSibling(file);
    if (hash < 0) {
      return Files.exists(path);
    }
    return Files.isRegularFile(path)
        && matches(HEADING, FENCE.matcher(read(path)).replaceAll(""))
            .anyMatch(match -> anchor(match.group(1)).equals(target.substring(hash + 1)));
  }

  /** As GitHub makes it: lower case, punctuation dropped, blanks to dashes. */
  private static String anchor(String heading) {
    return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-');
  }

  private static List<String> brokenCommands(Path page, Set<String> profiles) {
    String text = read(page);
    List<String> found = new ArrayList<>();
    matches(MODULES, text)
        .flatMap(match -> Stream.of(match.group(1).split(",")))
        .filter(module -> !Files.exists(ROOT.resolve(module).resolve("pom.xml")))
        .forEach(found::add);
    matches(PROFILE, text)
        .map(match -> match.group(1))
        .filter(profile -> !profiles.contains(profile))
        .forEach(found::add);
    return found;
  }

  private static Set<String> profiles() {
    Pattern id =
        Pattern.compile("<profile>\\s*(?:<!--.*?-->\\s*)?<id>([^<]+)</id>", Pattern.DOTALL);
    return walk(ROOT, "pom.xml").stream()
        .flatMap(pom -> matches(id, read(pom)))
        .map(match -> match.group(1))
        .collect(Collectors.toSet());
  }

  private static List<Path> pages(Path root) {
    return walk(root, ".md");
  }

  private static Set<String> names(Path root, String ending) {
    return walk(root, ending).stream()
        .map(file -> file.getFileName().toString())
        .collect(Collectors.toSet());
  }

  private static List<Path> walk(Path root, String ending) {
    return ProjectFiles.under(root).stream()
        .filter(file -> file.toString().endsWith(ending))
        .toList();
  }

  private static Stream<MatchResult> matches(Pattern pattern, String text) {
    return pattern.matcher(text).results();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
