/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rejoin.azure.iothub.outbox.OutboxSettings;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The forms as Kura reads them: from {@code OSGI-INF/metatype/PID.xml} of the built bundle. */
class FormsTest {
  @Test
  void shouldHaveTheSameDefaultsInTheEndpointsFormAndInCode() throws Exception {
    EndpointOptions options = EndpointOptions.read(defaults(IotHubEndpoint.PID));

    assertEquals(OutboxSettings.defaults(), options.outbox());
    assertEquals(List.of(), options.problems());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "io.rejoin.azure.iothub.CloudEndpoint",
        "io.rejoin.azure.iothub.CloudPublisher",
        "io.rejoin.azure.iothub.CloudSubscriber"
      })
  void shouldBeReadableByKura(String pid) throws Exception {
    Document form = form(pid);

    assertEquals(pid, elements(form, "OCD").get(0).getAttribute("id"));
    assertEquals(pid, elements(form, "Designate").get(0).getAttribute("factoryPid"));
    for (Element attribute : elements(form, "AD")) {
      String id = attribute.getAttribute("id");
      String description = attribute.getAttribute("description");
      assertFalse(attribute.getAttribute("name").isBlank(), id);
      assertFalse(description.isBlank(), id);
      assertFalse(description.replace("|TextArea", "").contains("|"), id + ": cut off at |");
      assertFalse(attribute.getAttribute("default").contains(","), id + ": split at commas");
      assertUniqueLabels(attribute);
    }
  }

  /** Kura keeps the options of a list in a map by label. */
  private static void assertUniqueLabels(Element attribute) {
    HashSet<String> labels = new HashSet<>();
    NodeList options = attribute.getElementsByTagName("Option");
    for (int i = 0; i < options.getLength(); i++) {
      assertTrue(labels.add(((Element) options.item(i)).getAttribute("label")));
    }
  }

  private static Map<String, Object> defaults(String pid) throws Exception {
    Map<String, Object> defaults = new HashMap<>();
    for (Element attribute : elements(form(pid), "AD")) {
      String value = attribute.getAttribute("default");
      defaults.put(
          attribute.getAttribute("id"),
          attribute.getAttribute("type").equals("Integer") ? Integer.valueOf(value) : value);
    }
    return defaults;
  }

  private static Document form(String pid) throws Exception {
    try (InputStream xml =
        FormsTest.class.getResourceAsStream("/OSGI-INF/metatype/" + pid + ".xml")) {
      assertNotNull(xml, pid);
      return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(xml);
    }
  }

  private static List<Element> elements(Document form, String name) {
    List<Element> elements = new ArrayList<>();
    NodeList found = form.getElementsByTagName(name);
    for (int i = 0; i < found.getLength(); i++) {
      elements.add((Element) found.item(i));
    }
    return elements;
  }
}
