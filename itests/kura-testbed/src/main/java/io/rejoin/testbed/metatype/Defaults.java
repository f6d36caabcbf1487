/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.testbed.metatype;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.eclipse.kura.configuration.Password;
import org.eclipse.kura.configuration.metatype.AD;
import org.eclipse.kura.configuration.metatype.OCD;
import org.eclipse.kura.configuration.metatype.Scalar;

/**
 * The default values of a definition, as measured on Kura 5.6.0: an attribute whose default is
 * empty has none; a default is split at commas ({@code \,} is a comma that stays), blanks around
 * the parts fall away, and where a single value is wanted only the first part is used. The default
 * of a password is encrypted at once.
 */
public final class Defaults {
  private static final char SEPARATOR = ',';
  private static final char ESCAPE = '\\';

  private Defaults() {}

  /**
   * The default values by attribute id.
   *
   * @param encrypt encrypts the default of a password
   * @throws IllegalArgumentException if a default is no value of its type
   */
  public static Map<String, Object> of(OCD definition, UnaryOperator<String> encrypt) {
    Map<String, Object> values = new HashMap<>();
    for (AD attribute : definition.getAD()) {
      String text = attribute.getDefault();
      if (text != null && !text.isEmpty()) {
        values.put(attribute.getId(), value(attribute, split(text), encrypt));
      }
    }
    return values;
  }

  private static Object value(AD attribute, List<String> parts, UnaryOperator<String> encrypt) {
    Function<String, Object> parser = parser(attribute.getType(), encrypt);
    if (Math.abs(attribute.getCardinality()) <= 1) {
      return parser.apply(parts.get(0));
    }
    Object array = Array.newInstance(parser.apply(parts.get(0)).getClass(), parts.size());
    for (int i = 0; i < parts.size(); i++) {
      Array.set(array, i, parser.apply(parts.get(i)));
    }
    return array;
  }

  private static Function<String, Object> parser(Scalar type, UnaryOperator<String> encrypt) {
    return switch (type) {
      case STRING -> text -> text;
      case LONG -> Long::valueOf;
      case DOUBLE -> Double::valueOf;
      case FLOAT -> Float::valueOf;
      case INTEGER -> Integer::valueOf;
      case BYTE -> Byte::valueOf;
      case CHAR -> text -> text.charAt(0);
      case BOOLEAN -> Boolean::valueOf;
      case SHORT -> Short::valueOf;
      case PASSWORD -> text -> new Password(encrypt.apply(text));
    };
  }

  /** Splits at commas; an escape keeps the character behind it, be it a comma or a blank. */
  static List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    int kept = 0; // up to here trailing blanks belong to the part, since they were escaped
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == SEPARATOR) {
        parts.add(stripped(part, kept));
        part.setLength(0);
        kept = 0;
      } else if (c == ESCAPE) {
        if (++i < text.length()) {
          part.append(text.charAt(i));
          kept = part.length();
        }
      } else if (!Character.isWhitespace(c) || part.length() > 0) {
        part.append(c);
      }
    }
    parts.add(stripped(part, kept));
    return parts;
  }

  private static String stripped(StringBuilder part, int kept) {
    int end = part.length();
    while (end > kept && Character.isWhitespace(part.charAt(end - 1))) {
      end--;
    }
    return part.substring(0, end);
  }
}
