/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.testing;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** A form as Kura reads it: from {@code OSGI-INF/metatype/PID.xml} of the built bundle. */
public record Form(Document document) {

  public static Form of(String pid) throws Exception {
    try (InputStream xml = Form.class.getResourceAsStream("/OSGI-INF/metatype/" + pid + ".xml")) {
      assertNotNull(xml, pid);
      return new Form(DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(xml));
    }
  }

  public List<Element> elements(String name) {
    List<Element> elements = new ArrayList<>();
    NodeList found = document.getElementsByTagName(name);
    for (int i = 0; i < found.getLength(); i++) {
      elements.add((Element) found.item(i));
    }
    return elements;
  }

  /** What a component gets that nobody has configured: an empty default is no property at all. */
  public Map<String, Object> defaults() {
    Map<String, Object> defaults = new HashMap<>();
    for (Element attribute : elements("AD")) {
      String value = attribute.getAttribute("default");
      if (!value.isEmpty()) {
        defaults.put(attribute.getAttribute("id"), typed(attribute.getAttribute("type"), value));
      }
    }
    return defaults;
  }

  private static Object typed(String type, String value) {
    return switch (type) {
      case "Integer" -> Integer.valueOf(value);
      case "Boolean" -> Boolean.valueOf(value);
      case "String" -> value;
      default -> throw new AssertionError("a type that no form has yet: " + type);
    };
  }
}
