/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.architecture.console;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The little of DOM that these tests need. */
final class Xml {

  private Xml() {}

  static Element parse(InputStream in) {
    try {
      Document document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in);
      return document.getDocumentElement();
    } catch (ParserConfigurationException | SAXException e) {
      throw new IllegalArgumentException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Element parse(String text) {
    return parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Descendants of that name, whatever their prefix. */
  static List<Element> all(Element parent, String name) {
    NodeList found = parent.getElementsByTagName(name);
    return new ArrayList<>(
        IntStream.range(0, found.getLength()).mapToObj(i -> (Element) found.item(i)).toList());
  }

  static List<String> attributes(Element parent, String name, String attribute) {
    return all(parent, name).stream().map(each -> each.getAttribute(attribute)).toList();
  }
}
