/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.architecture.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

/**
 * docs/configuration.md is what the built bundles say of their settings. To write it anew: {@code
 * mvn -pl itests/architecture -am verify -Dconfiguration.reference=write}.
 */
class ConfigurationReferenceTest {

  private static final Path PAGE = Path.of("../../docs/configuration.md");
  private static final String METATYPE = "OSGI-INF/metatype/";

  @Test
  void shouldDescribeTheSettingsOfTheBuiltBundles() throws IOException {
    String reference = reference();
    if ("write".equals(System.getProperty("configuration.reference"))) {
      Files.writeString(PAGE, reference);
    }

    assertEquals(reference, Files.readString(PAGE), "write it anew as this test's comment says");
  }

  /** What the examples for Kapua change exists, and is of the type that they say. */
  @Test
  void shouldShowExamplesWithSettingsThatExist() throws IOException {
    Path kapua = Path.of("../../kura-deployment/kapua");
    Map<String, String> types = new TreeMap<>();
    byte[] form =
        BundleFiles.all().values().stream()
            .flatMap(bundle -> bundle.files().entrySet().stream())
            .filter(
                file -> file.getKey().endsWith("metatype/io.rejoin.retry.ExponentialBackoff.xml"))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElseThrow();
    Xml.all(Xml.parse(new ByteArrayInputStream(form)), "AD")
        .forEach(each -> types.put(each.getAttribute("id"), each.getAttribute("type")));

    Map<String, String> inXml = new TreeMap<>();
    Xml.all(Xml.parse(Files.readString(kapua.resolve("retry-parameters.xml"))), "esf:property")
        .forEach(each -> inXml.put(each.getAttribute("name"), each.getAttribute("type")));
    Map<String, String> inJson = new TreeMap<>();
    Pattern.compile("\"(\\w+)\": \\{ \"type\": \"(\\w)(\\w+)\"")
        .matcher(Files.readString(kapua.resolve("retry-parameters.json")))
        .results()
        .forEach(
            each ->
                inJson.put(each.group(1), each.group(2) + each.group(3).toLowerCase(Locale.ROOT)));

    assertEquals(inXml, inJson, "both examples change the same");
    assertEquals(2, inXml.size());
    inXml.forEach((name, type) -> assertEquals(types.get(name), type, name));
  }

  private static String reference() {
    List<String> forms = new ArrayList<>();
    for (BundleFiles bundle : BundleFiles.all().values()) {
      for (Map.Entry<String, byte[]> file : bundle.files().entrySet()) {
        if (file.getKey().startsWith(METATYPE)) {
          forms.add(form(Xml.parse(new ByteArrayInputStream(file.getValue()))));
        }
      }
    }
    return """
        <!-- SPDX-License-Identifier: EPL-2.0 -->
        # Configuration reference

        Written by the build from the forms in the bundles: what the console shows, by the names that snapshots, REST and Kapua use. A value
        that cannot be used is named in the log and on the *Status* page, with what it accepts; the last good one stays.

        """
        + String.join("\n", forms);
  }

  private static String form(Element metatype) {
    Element ocd = Xml.all(metatype, "OCD").get(0);
    StringBuilder text = new StringBuilder();
    text.append("## ").append(ocd.getAttribute("name")).append("\n\n");
    text.append("`").append(ocd.getAttribute("id")).append("`\n\n");
    text.append(ocd.getAttribute("description")).append("\n");
    List<Element> attributes = Xml.all(ocd, "AD");
    if (!attributes.isEmpty()) {
      text.append(
          "\n| setting | name | type | default | accepts | meaning |\n|---|---|---|---|---|---|\n");
      attributes.forEach(attribute -> text.append(row(attribute)));
    }
    return text.toString();
  }

  private static String row(Element attribute) {
    String value = attribute.getAttribute("default");
    return List.of(
            attribute.getAttribute("name"),
            code(attribute.getAttribute("id")),
            attribute.getAttribute("type"),
            value.isEmpty() ? "" : code(value),
            accepts(attribute),
            attribute.getAttribute("description").replace("|TextArea", "").strip())
        .stream()
        .map(cell -> cell.replace("\n", " ").replace("|", "\\|"))
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  private static String accepts(Element attribute) {
    List<Element> options = Xml.all(attribute, "Option");
    if (!options.isEmpty()) {
      return options.stream()
          .map(option -> code(option.getAttribute("value")) + " " + option.getAttribute("label"))
          .collect(Collectors.joining("; "));
    }
    String min = attribute.getAttribute("min");
    String max = attribute.getAttribute("max");
    if (min.isEmpty() && max.isEmpty()) {
      return "";
    }
    return min.isEmpty() ? "up to " + max : max.isEmpty() ? "from " + min : min + " to " + max;
  }

  private static String code(String text) {
    return "`" + text + "`";
  }
}
