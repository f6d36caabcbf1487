/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package org.eclipse.kura.configuration.metatype;

/** The types of attributes; {@code Password} is Kura's own. */
public enum Scalar {
  STRING("String"),
  LONG("Long"),
  DOUBLE("Double"),
  FLOAT("Float"),
  INTEGER("Integer"),
  BYTE("Byte"),
  CHAR("Char"),
  BOOLEAN("Boolean"),
  SHORT("Short"),
  PASSWORD("Password");

  private final String value;

  Scalar(String value) {
    this.value = value;
  }

  /** Returns the name as it is written in a metatype file. */
  public String value() {
    return value;
  }

  /**
   * Returns the type of that name. {@code Character}, in any case, means {@link #CHAR}; all other
   * names are case-sensitive.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Scalar fromValue(String v) {
    if ("character".equalsIgnoreCase(v)) {
      return CHAR;
    }
    for (Scalar scalar : values()) {
      if (scalar.value.equals(v)) {
        return scalar;
      }
    }
    throw new IllegalArgumentException(v);
  }
}
