/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.link.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CloudTopicTest {
  private static final String START = "devices/press-7/messages/devicebound/";

  @Test
  void shouldUnpackWhatItPacked() {
    assertEquals(
        Map.of("$.mid", "m 1", "$.to", "/devices/press-7", "unit", "°C", "plus", "a+b"),
        roundTrip("%24.mid=m%201&%24.to=%2Fdevices%2Fpress-7&unit=%C2%B0C&plus=a+b"));
  }

  @Test
  void shouldKeepPropertiesWithoutAValue() {
    assertEquals(Map.of("empty", "", "none", "", "full", "x"), roundTrip("empty=&none&full=x"));
  }

  @Test
  void shouldKeepWhatIsNotPercentEncoded() {
    assertEquals(Map.of("share", "100%", "sum", "a=b"), roundTrip("share=100%&sum=a=b"));
  }

  @Test
  void shouldLeaveOtherTopicsAlone() {
    assertEquals(
        "$iothub/methods/POST/x/?$rid=1", CloudTopic.pack("$iothub/methods/POST/x/?$rid=1"));
    assertEquals(START, CloudTopic.pack(START));
  }

  @Test
  void shouldDropPropertiesThatDoNotFitWhenPacked() {
    assertEquals(START, CloudTopic.pack(START + "a=" + "x".repeat(60_000)));
    assertTrue(CloudTopic.pack(START + "a=" + "x".repeat(48_000)).length() > 64_000);
  }

  @Test
  void shouldNotTakeAnIdThatTheSdkMadeUpForProperties() {
    assertEquals(Map.of(), CloudTopic.unpack("0b7c2f6e-6a44-4fd2-8d3c-0c1a0f6f7a11"));
  }

  @Property
  void shouldNeverMakeATopicThatTheSdkCannotParse(@ForAll String bag) {
    String packed = CloudTopic.pack(START + bag);

    String property = packed.substring(packed.indexOf(START) + START.length());
    assertTrue(property.isEmpty() || property.matches("%24\\.mid=packed\\.[A-Za-z0-9_-]+"), packed);
  }

  private static Map<String, String> roundTrip(String bag) {
    String packed = CloudTopic.pack(START + bag);
    return CloudTopic.unpack(packed.substring((START + "%24.mid=").length()));
  }
}
