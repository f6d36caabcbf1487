/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.architecture.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The forms and components of the built bundles are what Kura's console can show and edit. */
class ConsoleRulesTest {

  private static final String PID = "io.rejoin.azure.iothub.CloudPublisher";
  private static final String FORM = "OSGI-INF/metatype/" + PID + ".xml";
  private static final String COMPONENT = "OSGI-INF/" + PID + ".xml";

  static Stream<BundleFiles> bundles() {
    return BundleFiles.all().values().stream();
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void shouldFitKurasConsole(BundleFiles bundle) {
    assertEquals(List.of(), ConsoleRules.complaints(bundle.files()));
  }

  @Test
  void shouldLookAtAllBundlesWithForms() {
    assertEquals(3, BundleFiles.all().size(), BundleFiles.all().keySet().toString());
  }

  /** What is embedded comes with its licence: each foreign package is one that a text covers. */
  @Test
  void shouldCarryTheLicencesOfWhatIsEmbedded() {
    BundleFiles hub =
        bundles()
            .filter(bundle -> bundle.name().startsWith("azure-iothub"))
            .findFirst()
            .orElseThrow();
    for (String file :
        List.of(
            "META-INF/THIRD-PARTY.md",
            "META-INF/licences/azure-iot-sdk/LICENSE",
            "META-INF/licences/paho/LICENSE",
            "META-INF/licences/commons-lang3/LICENSE",
            "META-INF/licences/commons-lang3/NOTICE")) {
      assertTrue(hub.files().containsKey(file), file);
    }
  }

  /** Each rule notices when it is broken, in the one bundle that has everything. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "FORM; id=\"io.rejoin.azure.iothub.CloudPublisher\"; id=\"other\"; the OCD's id",
        "FORM; factoryPid=\"io.rejoin.azure.iothub.CloudPublisher\"; factoryPid=\"x\"; Designate",
        "FORM; name=\"Priority\"; name=\"%priority\"; shows the key",
        "FORM; description=\"; description=\"a | b ; what follows a |",
        "FORM; type=\"Integer\"; type=\"Scale\"; not one of Kura's",
        "FORM; resource=\"OSGI-INF/icons/publisher.png\"; resource=\"gone.png\"; no icon",
        "COMPONENT; configuration-policy=\"require\"; configuration-policy=\"optional\"; require",
        "COMPONENT; org.eclipse.kura.configuration.ConfigurableComponent; other; no snapshot",
        "COMPONENT; name=\"service.pid\"; name=\"other\"; does not offer",
        "COMPONENT; scr/v1.2.0; scr/v1.3.0; version 1.2 at most",
        "COMPONENT; kura.ui.service.hide; other; hide is missing"
      })
  void shouldNotice(String file, String text, String instead, String complaint) {
    BundleFiles hub =
        bundles()
            .filter(bundle -> bundle.name().startsWith("azure-iothub"))
            .findFirst()
            .orElseThrow();
    Map<String, byte[]> files = new TreeMap<>(hub.files());
    String path = file.equals("FORM") ? FORM : COMPONENT;
    String content = new String(files.get(path), StandardCharsets.UTF_8);
    assertTrue(content.contains(text), content);
    files.put(path, content.replace(text, instead).getBytes(StandardCharsets.UTF_8));

    List<String> complaints = ConsoleRules.complaints(files);

    assertTrue(complaints.stream().anyMatch(each -> each.contains(complaint)), "" + complaints);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "id=\"a\" type=\"Integer\" default=\"5\" min=\"6\"; outside its range",
        "id=\"a\" type=\"Integer\" default=\"5\" min=\"5\" max=\"5\"; read-only",
        "id=\"a\" type=\"String\" default=\"b,c\"; not escaped",
        "id=\"device.key\" type=\"String\"; looks like a secret",
        "id=\"A.target\" type=\"String\" default=\"\"; is not (kura.service.pid=...)",
        "id=\"B.target\" type=\"String\" default=\"(kura.service.pid=x)\"; no reference B",
        "id=\"R.target\" type=\"String\" default=\"(kura.service.pid=x)\"; not 0..1",
      })
  void shouldNoticeInAnAttribute(String attributes, String complaint) {
    String form =
        "<MetaData><OCD id='p' name='n' description='d'><AD name='n' description='d' "
            + attributes
            + "/></OCD><Designate factoryPid='p'/></MetaData>";

    assertTrue(
        complaints(form).stream().anyMatch(each -> each.contains(complaint)),
        () -> "" + complaints(form));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "<Option label='Same' value='x'/><Option label='Same' value='y'/>; the same label",
        "<Option label='X' value='x'/><Option label='Y' value='x'/>; the same value",
        "<Option label='Y' value='y'/><Option label='Z' value='z'/>; not among the options",
        "<Option label='A' value='y'/><Option label='B' value='x'/>; nor known harmless"
      })
  void shouldNoticeInOptions(String options, String complaint) {
    String form =
        "<MetaData><OCD id='p' name='n' description='d'>"
            + "<AD id='a' type='String' name='n' description='d' default='x'>"
            + options
            + "</AD></OCD><Designate factoryPid='p'/></MetaData>";

    assertTrue(
        complaints(form).stream().anyMatch(each -> each.contains(complaint)),
        () -> "" + complaints(form));
  }

  private static List<String> complaints(String form) {
    String component =
        "<component name='p' configuration-policy='require'><service>"
            + "<provide interface='org.eclipse.kura.configuration.ConfigurableComponent'/></service>"
            + "<reference name='R' cardinality='1..1'/></component>";
    return ConsoleRules.complaints(
        Map.of(
            "OSGI-INF/metatype/p.xml", form.getBytes(StandardCharsets.UTF_8),
            "OSGI-INF/p.xml", component.getBytes(StandardCharsets.UTF_8)));
  }
}
