/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.architecture.console;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.w3c.dom.Element;

/**
 * What Kura's console needs of a bundle's forms and components, as measured on Kura 5.6.0. It says
 * nothing when something is missing: a form is not shown, a field cannot be edited, a value is
 * lost.
 */
final class ConsoleRules {

  private static final String METATYPE = "OSGI-INF/metatype/";
  private static final Set<String> TYPES =
      Set.of(
          "String",
          "Long",
          "Double",
          "Float",
          "Integer",
          "Byte",
          "Char",
          "Boolean",
          "Short",
          "Password");
  private static final Set<String> NUMBERS =
      Set.of("Long", "Double", "Float", "Integer", "Byte", "Short");
  private static final Pattern TARGET = Pattern.compile("\\(kura\\.service\\.pid=[^()]+\\)");
  private static final Pattern BARE_COMMA = Pattern.compile("(?<!\\\\),");
  private static final Pattern SECRET = Pattern.compile("(?i).*(password|\\.key|string)$");
  private static final String CONFIGURABLE = "org.eclipse.kura.configuration.ConfigurableComponent";
  private static final Set<String> OFFERED_BY_PID =
      Set.of(
          "org.eclipse.kura.cloudconnection.publisher.CloudPublisher",
          "org.eclipse.kura.cloudconnection.subscriber.CloudSubscriber");

  private final Map<String, byte[]> files;
  private final List<String> complaints = new ArrayList<>();
  private String where = "";

  private ConsoleRules(Map<String, byte[]> files) {
    this.files = files;
  }

  /** What is wrong with these files of a bundle, empty when nothing is. */
  static List<String> complaints(Map<String, byte[]> files) {
    ConsoleRules rules = new ConsoleRules(files);
    files.keySet().stream()
        .filter(file -> file.startsWith(METATYPE) && file.endsWith(".xml"))
        .forEach(rules::checkForm);
    files.keySet().stream()
        .filter(file -> file.startsWith("OSGI-INF/") && file.endsWith(".xml"))
        .filter(file -> !file.startsWith(METATYPE))
        .forEach(rules::checkServicePid);
    return rules.complaints;
  }

  private void checkForm(String file) {
    String pid = file.substring(METATYPE.length(), file.length() - ".xml".length());
    where = pid;
    Element metatype = xml(file);
    Element ocd = Xml.all(metatype, "OCD").get(0);
    Element designate = Xml.all(metatype, "Designate").get(0);
    check(ocd.getAttribute("id").equals(pid), "the OCD's id is not the file's name");
    check(
        designate.getAttribute("factoryPid").equals(pid)
            || designate.getAttribute("pid").equals(pid),
        "the Designate's pid is not the file's name");
    checkText(ocd);
    checkIcon(ocd);
    Element component = component(pid);
    if (component != null) {
      checkComponent(component);
    }
    Set<String> ids = new HashSet<>();
    for (Element attribute : Xml.all(ocd, "AD")) {
      where = pid + ", " + attribute.getAttribute("id");
      check(ids.add(attribute.getAttribute("id")), "the id is used twice");
      checkAttribute(attribute, component);
    }
  }

  private Element component(String pid) {
    for (String file : files.keySet()) {
      if (file.startsWith("OSGI-INF/") && file.endsWith(".xml") && !file.startsWith(METATYPE)) {
        Element component = xml(file);
        if (component.getAttribute("name").equals(pid)) {
          return component;
        }
      }
    }
    complaints.add(where + ": no component has this name");
    return null;
  }

  private void checkComponent(Element component) {
    check(
        component.getAttribute("configuration-policy").equals("require"),
        "configuration-policy is not require: it would start without a configuration");
    check(
        Xml.attributes(component, "provide", "interface").contains(CONFIGURABLE),
        "does not provide ConfigurableComponent: no form, no update, no snapshot");
  }

  private void checkAttribute(Element attribute, Element component) {
    String id = attribute.getAttribute("id");
    String type = attribute.getAttribute("type");
    String value = attribute.getAttribute("default");
    check(TYPES.contains(type), "type " + type + " is not one of Kura's");
    checkText(attribute);
    check(!BARE_COMMA.matcher(value).find(), "a comma in the default is not escaped: \\,");
    check(
        !SECRET.matcher(id).matches() || type.equals("Password"),
        "looks like a secret and is not of type Password");
    checkRange(attribute, type, value);
    checkOptions(attribute, value);
    if (id.endsWith(".target")) {
      checkTarget(id, value, type, component);
    }
  }

  private void checkText(Element element) {
    for (String text : List.of(element.getAttribute("name"), element.getAttribute("description"))) {
      check(!text.isBlank(), "no name, or no description");
      check(!text.startsWith("%"), "Kura shows the key, not the text: " + text);
      check(
          text.indexOf('|') < 0 || text.endsWith("|TextArea"),
          "what follows a | in a description is not shown");
    }
  }

  private void checkIcon(Element ocd) {
    List<String> icons = Xml.attributes(ocd, "Icon", "resource");
    if (icons.size() != 1 || !files.containsKey(icons.get(0))) {
      complaints.add(where + ": no icon, or its file is not in the bundle: " + icons);
      return;
    }
    try {
      var image = ImageIO.read(new ByteArrayInputStream(files.get(icons.get(0))));
      check(
          image != null && image.getWidth() == 32 && image.getHeight() == 32,
          "the icon is no picture of 32 by 32");
    } catch (IOException e) {
      complaints.add(where + ": the icon cannot be read");
    }
  }

  private void checkRange(Element attribute, String type, String value) {
    String min = attribute.getAttribute("min");
    String max = attribute.getAttribute("max");
    check(min.isEmpty() || !min.equals(max), "min equals max: Kura shows it read-only");
    if (!value.isEmpty() && NUMBERS.contains(type)) {
      double number = Double.parseDouble(value);
      check(
          (min.isEmpty() || Double.parseDouble(min) <= number)
              && (max.isEmpty() || number <= Double.parseDouble(max)),
          "the default " + value + " is outside its range");
    }
  }

  /**
   * The console sorts options by label; a value that it does not know shows as the first of them,
   * and is saved as that. So the first has to be the default, or be known to do no harm.
   */
  private void checkOptions(Element attribute, String value) {
    List<Element> options = Xml.all(attribute, "Option");
    if (options.isEmpty()) {
      return;
    }
    List<String> labels = options.stream().map(option -> option.getAttribute("label")).toList();
    List<String> values = options.stream().map(option -> option.getAttribute("value")).toList();
    check(new HashSet<>(labels).size() == labels.size(), "two options have the same label");
    check(new HashSet<>(values).size() == values.size(), "two options have the same value");
    check(values.contains(value), "the default " + value + " is not among the options");
    String first = labels.stream().sorted().findFirst().orElseThrow();
    String firstValue = values.get(labels.indexOf(first));
    check(
        firstValue.equals(value) || HarmlessOptions.contains(where, firstValue),
        "the first option by label, " + firstValue + ", is neither the default nor known harmless");
  }

  private void checkTarget(String id, String value, String type, Element component) {
    String name = id.substring(0, id.length() - ".target".length());
    check(type.equals("String"), "a target is a String");
    check(!name.contains("target"), "Kura cuts the reference's name at \"target\"");
    check(TARGET.matcher(value).matches(), "the default is not (kura.service.pid=...): " + value);
    if (component == null) {
      return;
    }
    List<Element> references =
        Xml.all(component, "reference").stream()
            .filter(reference -> reference.getAttribute("name").equals(name))
            .toList();
    if (references.size() != 1) {
      complaints.add(where + ": no reference " + name + ", so the console offers no services");
      return;
    }
    check(
        references.get(0).getAttribute("cardinality").equals("0..1")
            && references.get(0).getAttribute("policy").equals("dynamic"),
        "the reference is not 0..1 and dynamic: a wrong choice would take the form away");
  }

  /**
   * A {@code service.pid} of a descriptor above version 1.2 becomes a list, which Kura takes for
   * another pid; a publisher or subscriber without one is not offered.
   */
  private void checkServicePid(String file) {
    Element component = xml(file);
    where = component.getAttribute("name");
    List<String> properties = Xml.attributes(component, "property", "name");
    boolean offered =
        Xml.attributes(component, "provide", "interface").stream()
            .anyMatch(OFFERED_BY_PID::contains);
    if (offered) {
      check(
          properties.containsAll(List.of("service.pid", "cloud.connection.factory.pid")),
          "service.pid or cloud.connection.factory.pid is missing: Kura does not offer it");
      check(
          component.getNamespaceURI() == null
              && component
                      .getAttribute("xmlns:scr")
                      .compareTo("http://www.osgi.org/xmlns/scr/v1.2.0")
                  <= 0,
          "service.pid needs a descriptor of version 1.2 at most");
      check(properties.contains("kura.ui.service.hide"), "kura.ui.service.hide is missing");
    } else {
      check(!properties.contains("service.pid"), "service.pid must not be set here");
    }
  }

  private Element xml(String file) {
    return Xml.parse(new ByteArrayInputStream(files.get(file)));
  }

  private void check(boolean holds, String complaint) {
    if (!holds) {
      complaints.add(where + ": " + complaint);
    }
  }
}
