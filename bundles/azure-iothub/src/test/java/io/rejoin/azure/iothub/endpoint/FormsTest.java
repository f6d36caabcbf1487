/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rejoin.azure.iothub.outbox.OutboxSettings;
import io.rejoin.azure.iothub.testing.Form;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The forms as Kura reads them: from {@code OSGI-INF/metatype/PID.xml} of the built bundle. */
class FormsTest {
  @Test
  void shouldHaveTheSameDefaultsInTheEndpointsFormAndInCode() throws Exception {
    EndpointOptions options = EndpointOptions.read(Form.of(IotHubEndpoint.PID).defaults());

    assertEquals(OutboxSettings.defaults(), options.outbox());
    assertEquals(List.of(), options.problems());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "io.rejoin.azure.iothub.CloudEndpoint",
        "io.rejoin.azure.iothub.CloudPublisher",
        "io.rejoin.azure.iothub.CloudSubscriber",
        "io.rejoin.azure.iothub.Connection"
      })
  void shouldBeReadableByKura(String pid) throws Exception {
    Form form = Form.of(pid);

    assertEquals(pid, form.elements("OCD").get(0).getAttribute("id"));
    assertEquals(pid, form.elements("Designate").get(0).getAttribute("factoryPid"));
    for (Element attribute : form.elements("AD")) {
      String id = attribute.getAttribute("id");
      String description = attribute.getAttribute("description");
      assertFalse(attribute.getAttribute("name").isBlank(), id);
      assertFalse(description.isBlank(), id);
      assertFalse(description.replace("|TextArea", "").contains("|"), id + ": cut off at |");
      assertFalse(attribute.getAttribute("default").contains(","), id + ": split at commas");
      assertFalse(attribute.getAttribute("default").contains("\\"), id + ": shown as it is");
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
}
