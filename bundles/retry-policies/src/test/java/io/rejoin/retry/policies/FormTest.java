/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.retry.policies;

import static io.rejoin.retry.policies.Components.answers;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rejoin.retry.policies.Form.Setting;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The forms that Kura's console shows, against what the code does. */
class FormTest {

  @ParameterizedTest
  @EnumSource
  void shouldCarryThePidWhereKuraLooksForIt(Components component) {
    Form form = component.form();

    assertEquals(component.pid, form.one("OCD").getAttribute("id"));
    assertEquals(component.pid, form.one("Designate").getAttribute("factoryPid"));
    assertEquals(component.pid, form.one("Object").getAttribute("ocdref"));
  }

  @ParameterizedTest
  @EnumSource
  void shouldDescribeAComponentThatKuraCanCreateAndConfigure(Components component) {
    Element descriptor = Form.read("/OSGI-INF/" + component.pid + ".xml").getDocumentElement();

    assertEquals(
        "http://www.osgi.org/xmlns/scr/v1.4.0",
        descriptor.getAttribute("xmlns:scr"),
        "Kura's SCR knows DS 1.4 at most");
    assertEquals(component.pid, descriptor.getAttribute("name"));
    assertEquals("require", descriptor.getAttribute("configuration-policy"));
    assertEquals("modified", descriptor.getAttribute("modified"));
    assertEquals(
        Set.of(
            "io.rejoin.retry.RetryPolicy", "org.eclipse.kura.configuration.ConfigurableComponent"),
        attributes(descriptor.getElementsByTagName("provide"), "interface"));
    assertEquals(0, descriptor.getElementsByTagName("property").getLength());
  }

  @ParameterizedTest
  @EnumSource
  void shouldHaveTheDefaultsOfTheCode(Components component) {
    assertEquals(
        answers(component.activate(Map.of())),
        answers(component.activate(component.form().defaults())));
  }

  @ParameterizedTest
  @EnumSource
  void shouldHaveAFieldForEachSettingAndNoOther(Components component) {
    String activation = Log.of(() -> component.activate(Map.of())).get(0);

    assertEquals(
        component.form().defaults().keySet(),
        Stream.of(activation.split(": ")[1].split(", "))
            .map(setting -> setting.split(" ")[0])
            .collect(Collectors.toSet()));
  }

  @ParameterizedTest
  @MethodSource("settings")
  void shouldSpeakToATechnician(Components component, Setting setting) {
    Map<String, String> units = Map.of("Seconds", "(s)", "Millis", "(ms)", "Percent", "(%)");

    assertFalse(setting.name().isBlank());
    assertTrue(setting.description().endsWith("."), setting::description);
    assertFalse(setting.description().contains("|"), "Kura does not show what follows a |");
    assertFalse(setting.fallback().isEmpty(), "Kura gives a setting without default no value");
    assertTrue(
        setting.fallback().matches("[A-Za-z0-9.-]+"),
        "Kura cuts a default at a comma and shows the backslash that bnd puts before a blank");
    units.forEach(
        (suffix, unit) ->
            assertEquals(setting.id().endsWith(suffix), setting.name().endsWith(unit)));
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void shouldHaveTheLimitsThatTheCodeEnforces(Components component, Setting setting) {
    String accepts =
        (setting.type().equals("Integer") ? "a whole number" : "a number")
            + " from "
            + setting.min()
            + " to "
            + setting.max();

    assertFalse(refusals(component, setting, setting.value(setting.min())).contains(accepts));
    assertFalse(refusals(component, setting, setting.value(setting.max())).contains(accepts));
    for (Object bad : List.of(below(setting), above(setting), "7", true, Double.NaN)) {
      String refusal = refusals(component, setting, bad);
      assertTrue(
          refusal.startsWith("WARN Retry policy line 3 keeps its default settings: "), refusal);
      assertTrue(refusal.contains(setting.id() + " is "), refusal);
      assertTrue(refusal.endsWith(" but accepts " + accepts), refusal);
    }
  }

  @ParameterizedTest
  @MethodSource("settings")
  void shouldChangeWhatThePolicyAnswers(Components component, Setting setting) {
    Map<String, Object> plain = sensitive(component);
    Map<String, Object> changed = new HashMap<>(plain);
    changed.put(setting.id(), other(setting, plain.get(setting.id())));

    assertNotEquals(
        answers(component.activate(plain)), answers(component.activate(changed)), setting::id);
  }

  @ParameterizedTest
  @MethodSource("choices")
  void shouldOfferTheOptionsThatTheCodeKnows(Components component, Setting setting) {
    String refusal = refusals(component, setting, "sometimes");

    assertEquals(
        Set.copyOf(setting.options()),
        Set.of(refusal.substring(refusal.indexOf("one of ") + 7).split(", ")));
    for (String option : setting.options()) {
      assertFalse(refusals(component, setting, option).contains("accepts"));
    }
  }

  static Stream<Arguments> settings() {
    return Arrays.stream(Components.values())
        .flatMap(c -> c.form().settings().stream().map(setting -> Arguments.of(c, setting)));
  }

  static Stream<Arguments> numbers() {
    return settings().filter(arguments -> ((Setting) arguments.get()[1]).number());
  }

  static Stream<Arguments> choices() {
    return settings().filter(arguments -> !((Setting) arguments.get()[1]).options().isEmpty());
  }

  private static String refusals(Components component, Setting setting, Object value) {
    return Log.of(() -> component.activate(Map.of(setting.id(), value))).get(0);
  }

  private static Object below(Setting setting) {
    return setting.type().equals("Integer")
        ? (Object) ((Integer) setting.value(setting.min()) - 1)
        : (Object) Math.nextDown((Double) setting.value(setting.min()));
  }

  private static Object above(Setting setting) {
    return setting.type().equals("Integer")
        ? (Object) ((Integer) setting.value(setting.max()) + 1)
        : (Object) Math.nextUp((Double) setting.value(setting.max()));
  }

  /** Settings under which each one of them matters. */
  private static Map<String, Object> sensitive(Components component) {
    Map<String, Object> settings = component.form().defaults();
    settings.replace("quickAttempts", 2);
    settings.replace("fleetSize", 500);
    return settings;
  }

  private static Object other(Setting setting, Object value) {
    return switch (setting.type()) {
      case "Integer" -> (int) value == 0 ? 5 : (int) value * 2 / 3;
      case "Double" -> (double) value == 0 ? 50.0 : (double) value * 1.5;
      case "Boolean" -> !(boolean) value;
      default -> setting.options().isEmpty() ? value + " here" : setting.options().get(1);
    };
  }

  private static Set<String> attributes(NodeList nodes, String name) {
    return IntStream.range(0, nodes.getLength())
        .mapToObj(i -> ((Element) nodes.item(i)).getAttribute(name))
        .collect(Collectors.toSet());
  }
}
