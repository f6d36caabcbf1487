/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.testbed.metatype;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.eclipse.kura.configuration.metatype.AD;
import org.eclipse.kura.configuration.metatype.Icon;
import org.eclipse.kura.configuration.metatype.OCD;
import org.eclipse.kura.configuration.metatype.Option;
import org.eclipse.kura.configuration.metatype.Scalar;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * A metatype file as Kura 5.6.0 reads it: the raw XML, not what the MetaTypeService makes of it. So
 * element names have to be without a prefix (that of the root does not matter), no {@code %key} is
 * translated, and the id of the definition has to be the pid.
 *
 * @param definitions the {@code OCD}s
 * @param designates the {@code Designate}s
 */
public record Metatype(List<OCD> definitions, List<Designate> designates) {

  /** A {@code Designate}: the pid or factory pid that a definition is for. */
  public record Designate(@Nullable String pid, @Nullable String factoryPid) {}

  /**
   * Reads a file.
   *
   * @throws IOException if it is not well-formed
   * @throws IllegalArgumentException if an attribute has a type that Kura does not know
   */
  public static Metatype read(InputStream xml) throws IOException {
    Element root = parse(xml);
    List<OCD> definitions = elements(root, "OCD").stream().<OCD>map(Metatype::definition).toList();
    List<Designate> designates =
        elements(root, "Designate").stream()
            .map(e -> new Designate(attribute(e, "pid"), attribute(e, "factoryPid")))
            .toList();
    return new Metatype(definitions, designates);
  }

  /** The definition whose id is the pid; empty if the file has none such. */
  public Optional<OCD> definition(String pid) {
    return definitions.stream().filter(definition -> pid.equals(definition.getId())).findFirst();
  }

  /** Whether the pid is that of a factory; empty if no {@code Designate} names it. */
  public Optional<Boolean> isFactory(String pid) {
    return designates.stream()
        .filter(designate -> pid.equals(designate.pid()) || pid.equals(designate.factoryPid()))
        .findFirst()
        .map(designate -> designate.factoryPid() != null);
  }

  private static OCD definition(Element ocd) {
    List<AD> attributes = elements(ocd, "AD").stream().<AD>map(Metatype::attribute).toList();
    List<Icon> icons = elements(ocd, "Icon").stream().<Icon>map(Metatype::icon).toList();
    return new ObjectClassDefinition(
        ocd.getAttribute("id"),
        attribute(ocd, "name"),
        attribute(ocd, "description"),
        attributes,
        icons);
  }

  private static AD attribute(Element ad) {
    List<Option> options =
        elements(ad, "Option").stream()
            .<Option>map(
                option ->
                    new AttributeDefinition.Choice(
                        option.getAttribute("label"), option.getAttribute("value")))
            .toList();
    String cardinality = attribute(ad, "cardinality");
    return new AttributeDefinition(
        ad.getAttribute("id"),
        attribute(ad, "name"),
        attribute(ad, "description"),
        Scalar.fromValue(ad.getAttribute("type")),
        cardinality == null ? 0 : Integer.parseInt(cardinality),
        attribute(ad, "min"),
        attribute(ad, "max"),
        attribute(ad, "default"),
        !"false".equalsIgnoreCase(attribute(ad, "required")),
        options);
  }

  private static Icon icon(Element icon) {
    return new ObjectClassDefinition.Picture(
        icon.getAttribute("resource"), new BigInteger(icon.getAttribute("size")));
  }

  /** An attribute that is blank counts as missing. */
  private static @Nullable String attribute(Element element, String name) {
    String value = element.getAttribute(name);
    return value.isBlank() ? null : value;
  }

  private static List<Element> elements(Element parent, String name) {
    NodeList nodes = parent.getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }

  private static Element parse(InputStream xml) throws IOException {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      return factory.newDocumentBuilder().parse(xml).getDocumentElement();
    } catch (SAXException e) {
      throw new IOException("not well-formed: " + e.getMessage(), e);
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException(e);
    }
  }
}
