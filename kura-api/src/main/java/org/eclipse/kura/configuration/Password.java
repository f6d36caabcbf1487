/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package org.eclipse.kura.configuration;

import org.osgi.annotation.versioning.ProviderType;

/** A secret in a configuration. {@link #toString} returns it in clear: never log one. */
@ProviderType
public class Password {
  private final char[] value;

  /** A secret; with null, {@link #toString} throws {@link NullPointerException}. */
  public Password(String password) {
    this.value = password == null ? null : password.toCharArray();
  }

  /** A secret that shares the array; with null, {@link #toString} throws an exception. */
  public Password(char[] password) {
    this.value = password;
  }

  /** Returns the secret itself, no copy; null if there is none. */
  public char[] getPassword() {
    return value;
  }

  /** Returns the secret in clear. */
  @Override
  public String toString() {
    return new String(value);
  }
}
