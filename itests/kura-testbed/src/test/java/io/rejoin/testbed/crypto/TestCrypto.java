/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.testbed.crypto;

import java.nio.file.Path;
import org.eclipse.kura.crypto.CryptoService;

/** The testbed's CryptoService for tests of other packages. */
public final class TestCrypto {
  private TestCrypto() {}

  public static CryptoService in(Path dataDirectory) {
    return new AesCryptoService(null, dataDirectory);
  }
}
