/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.testbed.metatype;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.kura.configuration.metatype.AD;
import org.eclipse.kura.configuration.metatype.Scalar;
import org.junit.jupiter.api.Test;

class MetatypeTest {

  @Test
  void shouldReadAFileAsBndWritesIt() throws IOException {
    Metatype metatype =
        read(
            """
            <metatype:MetaData xmlns:metatype="http://www.osgi.org/xmlns/metatype/v1.2.0">
              <OCD id="p" name="Policy" description="A policy">
                <AD id="base.seconds" type="Integer" name="Base" min="1" max="9" default="5"/>
                <AD id="jitter" type="String" required="false">
                  <Option label="None" value="none"/>
                </AD>
              </OCD>
              <Designate factoryPid="p"><Object ocdref="p"/></Designate>
            </metatype:MetaData>
            """);

    AD base = metatype.definition("p").orElseThrow().getAD().get(0);
    AD jitter = metatype.definition("p").orElseThrow().getAD().get(1);
    assertEquals(Scalar.INTEGER, base.getType());
    assertEquals("1", base.getMin());
    assertEquals(0, base.getCardinality());
    assertTrue(base.isRequired());
    assertFalse(jitter.isRequired());
    assertEquals("none", jitter.getOption().get(0).getValue());
    assertEquals(Optional.of(true), metatype.isFactory("p"));
  }

  @Test
  void shouldNotSeePrefixedElements() throws IOException {
    Metatype metatype =
        read(
            "<m:MetaData xmlns:m='http://www.osgi.org/xmlns/metatype/v1.2.0'>"
                + "<m:OCD id='p'/><m:Designate pid='p'/></m:MetaData>");

    assertEquals(Optional.empty(), metatype.definition("p"));
    assertEquals(Optional.empty(), metatype.isFactory("p"));
  }

  @Test
  void shouldNotFindADefinitionOfAnotherId() throws IOException {
    Metatype metatype = read("<MetaData><OCD id='Config'/><Designate pid='p'/></MetaData>");

    assertEquals(Optional.empty(), metatype.definition("p"));
    assertEquals(Optional.of(false), metatype.isFactory("p"));
  }

  @Test
  void shouldRefuseATypeThatKuraDoesNotKnow() {
    assertThrows(
        IllegalArgumentException.class,
        () -> read("<MetaData><OCD id='p'><AD id='a' type='BigInteger'/></OCD></MetaData>"));
  }

  private static Metatype read(String xml) throws IOException {
    return Metatype.read(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
  }
}
