/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.testbed.configuration;

import java.io.StringReader;
import java.io.StringWriter;
import java.lang.reflect.Array;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.XMLStreamWriter;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.eclipse.kura.configuration.Password;
import org.eclipse.kura.configuration.metatype.Scalar;

/**
 * The text of a snapshot, in the format of Kura 5.6.0. A password is Base64 on top of its
 * encryption. A value of a type that is not among Kura's is left out.
 */
final class SnapshotXml {
  private static final String NAMESPACE = "http://eurotech.com/esf/2.0";

  private static final Map<Class<?>, Scalar> TYPES =
      Map.of(
          String.class, Scalar.STRING,
          Long.class, Scalar.LONG,
          Double.class, Scalar.DOUBLE,
          Float.class, Scalar.FLOAT,
          Integer.class, Scalar.INTEGER,
          Byte.class, Scalar.BYTE,
          Character.class, Scalar.CHAR,
          Boolean.class, Scalar.BOOLEAN,
          Short.class, Scalar.SHORT,
          Password.class, Scalar.PASSWORD);

  private SnapshotXml() {}

  static String write(Collection<? extends ComponentConfiguration> configurations) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
      xml.writeStartDocument();
      xml.writeStartElement("esf", "configurations", NAMESPACE);
      xml.writeNamespace("esf", NAMESPACE);
      for (ComponentConfiguration configuration : configurations) {
        write(xml, configuration);
      }
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
    return text.toString();
  }

  /**
   * Reads a text.
   *
   * @throws IllegalArgumentException if it is no snapshot
   */
  static List<ComponentConfiguration> read(String text) {
    List<ComponentConfiguration> configurations = new ArrayList<>();
    try {
      XMLInputFactory factory = XMLInputFactory.newInstance();
      factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
      XMLStreamReader xml = factory.createXMLStreamReader(new StringReader(text));
      while (xml.hasNext()) {
        if (xml.next() == XMLStreamReader.START_ELEMENT) {
          switch (xml.getLocalName()) {
            case "configuration" ->
                configurations.add(
                    new Configured(xml.getAttributeValue(null, "pid"), null, new HashMap<>()));
            case "property" ->
                readProperty(
                    xml,
                    configurations.get(configurations.size() - 1).getConfigurationProperties());
            default -> {
              // configurations, properties: only hold others
            }
          }
        }
      }
    } catch (XMLStreamException e) {
      throw new IllegalArgumentException("no snapshot: " + e.getMessage(), e);
    }
    return configurations;
  }

  private static void write(XMLStreamWriter xml, ComponentConfiguration configuration)
      throws XMLStreamException {
    xml.writeStartElement(NAMESPACE, "configuration");
    xml.writeAttribute("pid", configuration.getPid());
    xml.writeStartElement(NAMESPACE, "properties");
    for (var property : new TreeMap<>(configuration.getConfigurationProperties()).entrySet()) {
      if (property.getValue() != null) {
        write(xml, property.getKey(), property.getValue());
      }
    }
    xml.writeEndElement();
    xml.writeEndElement();
  }

  private static void write(XMLStreamWriter xml, String name, Object value)
      throws XMLStreamException {
    boolean array = value.getClass().isArray();
    Scalar type = TYPES.get(array ? boxed(value) : value.getClass());
    if (type == null) {
      return;
    }
    xml.writeStartElement(NAMESPACE, "property");
    xml.writeAttribute("name", name);
    xml.writeAttribute("array", String.valueOf(array));
    xml.writeAttribute("encrypted", String.valueOf(type == Scalar.PASSWORD));
    xml.writeAttribute("type", type.value());
    for (Object element : array ? elements(value) : List.of(value)) {
      xml.writeStartElement(NAMESPACE, "value");
      xml.writeCharacters(type == Scalar.PASSWORD ? base64(element) : element.toString());
      xml.writeEndElement();
    }
    xml.writeEndElement();
  }

  private static Class<?> boxed(Object array) {
    return Array.getLength(array) == 0
        ? array.getClass().getComponentType()
        : Array.get(array, 0).getClass();
  }

  private static List<Object> elements(Object array) {
    return IntStream.range(0, Array.getLength(array)).mapToObj(i -> Array.get(array, i)).toList();
  }

  private static void readProperty(XMLStreamReader xml, Map<String, Object> properties)
      throws XMLStreamException {
    String name = xml.getAttributeValue(null, "name");
    Scalar type = Scalar.fromValue(xml.getAttributeValue(null, "type"));
    boolean array = Boolean.parseBoolean(xml.getAttributeValue(null, "array"));
    boolean encrypted = Boolean.parseBoolean(xml.getAttributeValue(null, "encrypted"));
    List<Object> values = new ArrayList<>();
    while (!(xml.next() == XMLStreamReader.END_ELEMENT && xml.getLocalName().equals("property"))) {
      if (xml.isStartElement()) {
        values.add(value(type, encrypted, xml.getElementText()));
      }
    }
    if (array) {
      properties.put(name, arrayOf(type, values));
    } else if (!values.isEmpty()) {
      properties.put(name, values.get(0));
    }
  }

  private static Object value(Scalar type, boolean encrypted, String text) {
    return switch (type) {
      case STRING -> text;
      case LONG -> Long.valueOf(text);
      case DOUBLE -> Double.valueOf(text);
      case FLOAT -> Float.valueOf(text);
      case INTEGER -> Integer.valueOf(text);
      case BYTE -> Byte.valueOf(text);
      case CHAR -> text.charAt(0);
      case BOOLEAN -> Boolean.valueOf(text);
      case SHORT -> Short.valueOf(text);
      case PASSWORD -> new Password(encrypted ? fromBase64(text) : text);
    };
  }

  private static Object arrayOf(Scalar type, List<Object> values) {
    Class<?> element =
        TYPES.entrySet().stream()
            .filter(entry -> entry.getValue() == type)
            .map(Map.Entry::getKey)
            .findFirst()
            .orElseThrow();
    return Arrays.copyOf(
        values.toArray(), values.size(), (Class<? extends Object[]>) element.arrayType());
  }

  private static String base64(Object password) {
    return Base64.getEncoder().encodeToString(password.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static String fromBase64(String text) {
    return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
  }
}
