/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.retry.policies;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** A component's form as Kura reads it: the file in the bundle that is named after the PID. */
final class Form {

  private final Document document;

  private Form(Document document) {
    this.document = document;
  }

  static Form of(String pid) {
    return new Form(read("/OSGI-INF/metatype/" + pid + ".xml"));
  }

  static Document read(String resource) {
    try (InputStream in = Form.class.getResourceAsStream(resource)) {
      assertNotNull(in, () -> "the bundle has no " + resource);
      return DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().parse(in);
    } catch (IOException | ParserConfigurationException | SAXException e) {
      throw new AssertionError(resource, e);
    }
  }

  Element one(String element) {
    return elements(element).findFirst().orElseThrow();
  }

  List<Setting> settings() {
    return elements("AD").map(Setting::new).toList();
  }

  /** What Kura hands to a component that was created and not changed. */
  Map<String, Object> defaults() {
    Map<String, Object> defaults = new LinkedHashMap<>();
    settings().forEach(setting -> defaults.put(setting.id(), setting.value(setting.fallback())));
    return defaults;
  }

  private Stream<Element> elements(String name) {
    return list(document.getElementsByTagName(name));
  }

  private static Stream<Element> list(NodeList nodes) {
    return IntStream.range(0, nodes.getLength()).mapToObj(i -> (Element) nodes.item(i));
  }

  /** One field of the form. */
  record Setting(Element element) {

    String id() {
      return element.getAttribute("id");
    }

    String name() {
      return element.getAttribute("name");
    }

    String description() {
      return element.getAttribute("description");
    }

    String fallback() {
      return element.getAttribute("default");
    }

    String min() {
      return element.getAttribute("min");
    }

    String max() {
      return element.getAttribute("max");
    }

    String type() {
      return element.getAttribute("type");
    }

    List<String> options() {
      return list(element.getElementsByTagName("Option"))
          .map(option -> option.getAttribute("value"))
          .toList();
    }

    boolean number() {
      return type().equals("Integer") || type().equals("Double");
    }

    /** A text as Kura converts it for this field. */
    Object value(String text) {
      return switch (type()) {
        case "Integer" -> Integer.valueOf(text);
        case "Double" -> Double.valueOf(text);
        case "Boolean" -> Boolean.valueOf(text);
        case "String" -> text;
        default -> throw new AssertionError("Kura knows no type " + type());
      };
    }

    @Override
    public String toString() {
      return id();
    }
  }
}
