/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.testbed.configuration;

import java.util.Collections;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.kura.configuration.Password;
import org.eclipse.kura.configuration.metatype.AD;
import org.eclipse.kura.configuration.metatype.OCD;
import org.eclipse.kura.configuration.metatype.Scalar;
import org.jspecify.annotations.Nullable;

/**
 * Values on their way between Kura and ConfigurationAdmin, as measured on Kura 5.6.0: a component
 * never sees a {@link Password} but its text; a value of null does not arrive at all.
 */
final class ConfigurationValues {
  private ConfigurationValues() {}

  @SuppressWarnings("JdkObsolete") // ConfigurationAdmin takes a Dictionary
  static Dictionary<String, Object> toDictionary(Map<String, Object> values) {
    Dictionary<String, Object> dictionary = new Hashtable<>();
    values.forEach(
        (key, value) -> {
          if (value != null) {
            dictionary.put(key, plain(value));
          }
        });
    return dictionary;
  }

  /**
   * The values of a configuration.
   *
   * @param dictionary null for a configuration that was never updated
   * @param definition tells which values are passwords; null if it is not known
   */
  static Map<String, Object> toMap(
      @Nullable Dictionary<String, Object> dictionary, @Nullable OCD definition) {
    Map<String, Object> values = new HashMap<>();
    if (dictionary != null) {
      Set<String> passwords = passwords(definition);
      for (String key : Collections.list(dictionary.keys())) {
        Object value = dictionary.get(key);
        values.put(key, passwords.contains(key) ? password(value) : value);
      }
    }
    return values;
  }

  private static Object plain(Object value) {
    if (value instanceof Password) {
      return value.toString();
    }
    return value instanceof Password[] passwords
        ? Stream.of(passwords).map(Password::toString).toArray(String[]::new)
        : value;
  }

  private static Object password(Object value) {
    return value instanceof String[] texts
        ? Stream.of(texts).map(Password::new).toArray(Password[]::new)
        : new Password(value.toString());
  }

  private static Set<String> passwords(@Nullable OCD definition) {
    if (definition == null) {
      return Set.of();
    }
    return definition.getAD().stream()
        .filter(attribute -> attribute.getType() == Scalar.PASSWORD)
        .map(AD::getId)
        .collect(Collectors.toSet());
  }
}
