/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.config;

import java.util.Map;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.Password;
import org.eclipse.kura.crypto.CryptoService;

/**
 * Reads passwords. Kura hands out the plain text at the first activation of an instance and the
 * encrypted one ever after (measured on Kura 5.6.0), so both are taken.
 */
public final class Secrets {

  private final CryptoService crypto;

  public Secrets(CryptoService crypto) {
    this.crypto = crypto;
  }

  /** The plain text; empty when the property is missing. */
  public String read(Map<String, Object> properties, String id) {
    Object value = properties.get(id);
    if (value instanceof Password password) {
      char[] plain = password.getPassword();
      return plain == null ? "" : new String(plain).strip();
    }
    return value instanceof String text && !text.isBlank() ? decrypt(text.strip()) : "";
  }

  private String decrypt(String text) {
    try {
      return new String(crypto.decryptAes(text.toCharArray())).strip();
    } catch (KuraException | RuntimeException e) {
      // Not encrypted, then.
      return text;
    }
  }
}
