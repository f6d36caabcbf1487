/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package org.eclipse.kura;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Which arguments a reader of an exception gets to see. */
class KuraExceptionTest {

  @Test
  void shouldShowTheFirstArgumentOfAStoreError() {
    Throwable cause = new IllegalStateException("database closed");

    KuraStoreException exception = new KuraStoreException(cause, "cannot store");

    assertTrue(exception.getMessage().contains("cannot store"), exception.getMessage());
    assertFalse(exception.getMessage().contains("database closed"), exception.getMessage());
    assertSame(cause, exception.getCause());
    assertEquals(KuraErrorCode.STORE_ERROR, exception.getCode());
  }

  @Test
  void shouldHideTheArgumentOfNotConnected() {
    assertFalse(new KuraNotConnectedException("the hub is gone").getMessage().contains("hub"));
  }

  @Test
  void shouldLeaveThePlaceholderWithoutArguments() {
    assertTrue(new KuraException(KuraErrorCode.BAD_REQUEST).getMessage().contains("{0}"));
  }

  @Test
  void shouldShowAllArgumentsOfAnInternalError() {
    String text = new KuraException(KuraErrorCode.INTERNAL_ERROR, "a", "b").getMessage();

    assertTrue(text.endsWith(" - a - b"), text);
  }

  @Test
  void shouldShowTheMessageOfAnInternalErrorAlone() {
    assertTrue(KuraException.internalError("lost").getMessage().endsWith("lost"));
    assertNull(KuraException.internalError("lost").getCause());
  }

  @Test
  void shouldLoseTheFirstArgumentOfACodeWithoutText() {
    assertEquals(
        "Generic Error - IO_ERROR: {1}",
        new KuraException(KuraErrorCode.IO_ERROR, "disk").getMessage());
    assertEquals(
        "Generic Error - IO_ERROR: full",
        new KuraException(KuraErrorCode.IO_ERROR, "disk", "full").getMessage());
  }

  @Test
  void shouldHaveATextForEachOtherCode() {
    Set<KuraErrorCode> generic =
        EnumSet.allOf(KuraErrorCode.class).stream()
            .filter(code -> new KuraException(code).getMessage().startsWith("Generic Error"))
            .collect(Collectors.toSet());

    assertEquals(
        Set.of(
            KuraErrorCode.IO_ERROR,
            KuraErrorCode.UNSUPPORTED_MODEM,
            KuraErrorCode.INVALID_CERTIFICATE_EXCEPTION),
        generic);
  }

  @Test
  void shouldSurviveACodeOfNull() {
    assertEquals("Generic Error - Unknown: {1}", new KuraException(null, "a").getMessage());
  }
}
