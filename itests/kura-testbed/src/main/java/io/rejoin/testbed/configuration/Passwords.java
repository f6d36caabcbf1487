/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.testbed.configuration;

import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.Password;
import org.eclipse.kura.crypto.CryptoService;

/**
 * Encrypts and decrypts the passwords of a configuration in place, as Kura 5.6.0 does: what can be
 * decrypted counts as encrypted and stays, what cannot be decrypted counts as plain and stays.
 */
final class Passwords {
  private final CryptoService crypto;

  Passwords(CryptoService crypto) {
    this.crypto = crypto;
  }

  void encrypt(Map<String, Object> values) {
    values.replaceAll((key, value) -> each(value, this::encrypted));
  }

  void decrypt(Map<String, Object> values) {
    values.replaceAll((key, value) -> each(value, this::decrypted));
  }

  /** A plain text, encrypted. */
  String encrypt(String plain) {
    try {
      return new String(crypto.encryptAes(plain.toCharArray()));
    } catch (KuraException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object each(Object value, UnaryOperator<Password> change) {
    if (value instanceof Password password) {
      return change.apply(password);
    }
    return value instanceof Password[] passwords
        ? Stream.of(passwords).map(change).toArray(Password[]::new)
        : value;
  }

  private Password encrypted(Password password) {
    return isEncrypted(password) ? password : new Password(encrypt(password.toString()));
  }

  private boolean isEncrypted(Password password) {
    return decrypted(password) != password;
  }

  /** The same password if it is not encrypted. */
  private Password decrypted(Password password) {
    try {
      return new Password(crypto.decryptAes(password.getPassword()));
    } catch (KuraException | RuntimeException e) {
      return password;
    }
  }
}
