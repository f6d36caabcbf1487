/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package org.eclipse.kura.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class PasswordTest {

  @Test
  void shouldPrintItselfInClear() {
    assertEquals("secret", new Password("secret").toString());
  }

  @Test
  void shouldShareTheArray() {
    char[] secret = "secret".toCharArray();

    assertSame(secret, new Password(secret).getPassword());
  }

  @Test
  void shouldThrowWhenPrintedWithoutAValue() {
    Password nothing = new Password((String) null);

    assertNull(nothing.getPassword());
    assertThrows(NullPointerException.class, nothing::toString);
  }
}
