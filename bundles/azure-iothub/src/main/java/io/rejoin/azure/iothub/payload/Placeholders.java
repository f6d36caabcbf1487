/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.payload;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.message.KuraPayload;
import org.jspecify.annotations.Nullable;

/**
 * Fills values of a message into a text. {@code $name} reaches to the next blank or slash, as in
 * Kura's own publishers; {@code ${name}} can stand anywhere. The name is that of a metric or, if
 * there is none, of a property of the message.
 */
final class Placeholders {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$(?:\\{([^}]+)\\}|([^\\s/{]+))");

  private Placeholders() {}

  /** Returns the text with the values filled in; null when one of them is not in the message. */
  static @Nullable String fill(String text, KuraMessage message) {
    Matcher matcher = PLACEHOLDER.matcher(text);
    StringBuilder filled = new StringBuilder();
    while (matcher.find()) {
      String name = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
      Object value = value(name, message);
      if (value == null) {
        return null;
      }
      matcher.appendReplacement(filled, Matcher.quoteReplacement(value.toString()));
    }
    return matcher.appendTail(filled).toString();
  }

  private static @Nullable Object value(String name, KuraMessage message) {
    KuraPayload payload = message.getPayload();
    Object metric = payload == null ? null : payload.getMetric(name);
    Map<String, Object> properties = message.getProperties();
    return metric != null || properties == null ? metric : properties.get(name);
  }
}
