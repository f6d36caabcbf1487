/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package org.eclipse.kura;

import java.text.MessageFormat;
import java.util.Arrays;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import java.util.stream.Collectors;

/**
 * The texts of Kura's exceptions by code. The wording is ours; which arguments a text shows is
 * Kura's.
 */
final class Messages {
  private static final String BUNDLE = "org.eclipse.kura.messages";

  /**
   * A code without a text of its own loses its first argument: Kura formats this pattern twice, the
   * first time with the code alone, so that the second argument is the one shown.
   */
  private static final String GENERIC = "Generic Error - {0}: {1}";

  private Messages() {}

  static String text(Locale locale, KuraErrorCode code, Object[] arguments) {
    return MessageFormat.format(pattern(locale, code), shown(code, arguments));
  }

  /** An internal error shows all its arguments; every other code those that its text names. */
  private static Object[] shown(KuraErrorCode code, Object[] arguments) {
    boolean all = code == null || code == KuraErrorCode.INTERNAL_ERROR;
    if (!all || arguments == null || arguments.length < 2) {
      return arguments;
    }
    String joined =
        Arrays.stream(arguments).map(argument -> " - " + argument).collect(Collectors.joining());
    return new Object[] {joined};
  }

  private static String pattern(Locale locale, KuraErrorCode code) {
    if (code == null) {
      return MessageFormat.format(GENERIC, "Unknown");
    }
    try {
      return ResourceBundle.getBundle(BUNDLE, locale, Messages.class.getClassLoader())
          .getString(code.name());
    } catch (MissingResourceException e) {
      return MessageFormat.format(GENERIC, code.name());
    }
  }
}
