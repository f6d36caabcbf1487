/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.testbed.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.crypto.CryptoService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AesCryptoServiceTest {
  private static final String SECRET = "SharedAccessKey=gr\u00fc\u00dfe+/==";

  @TempDir Path data;
  private CryptoService crypto;

  @BeforeEach
  void create() {
    crypto = new AesCryptoService(null, data);
  }

  @Test
  void shouldDecryptWhatItEncrypted() throws KuraException {
    char[] encrypted = crypto.encryptAes(SECRET.toCharArray());

    assertFalse(new String(encrypted).contains(SECRET));
    assertEquals(SECRET, new String(crypto.decryptAes(encrypted)));
  }

  @Test
  void shouldNeverEncryptTwiceToTheSame() throws KuraException {
    assertNotEquals(
        new String(crypto.encryptAes(SECRET.toCharArray())),
        new String(crypto.encryptAes(SECRET.toCharArray())));
  }

  @Test
  void shouldNotDecryptWithAnotherKey() throws KuraException {
    char[] encrypted = new AesCryptoService("0123456789abcdef", data).encryptAes(new char[] {'a'});

    assertThrows(KuraException.class, () -> crypto.decryptAes(encrypted));
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "a-b-c", "HostName=my-hub.azure-devices.net"})
  void shouldRefuseMostPlainText(String plain) {
    assertThrows(KuraException.class, () -> crypto.decryptAes(plain.toCharArray()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"HostName=factory.azure-devices.net;DeviceId=a", "AAAA-BBBB"})
  void shouldThrowAnUncheckedExceptionForPlainTextWithOneHyphen(String plain) {
    assertThrows(RuntimeException.class, () -> crypto.decryptAes(plain.toCharArray()));
  }

  @Test
  void shouldTakeNothingForNothing() throws KuraException {
    assertEquals(0, crypto.decryptAes(new char[0]).length);
  }

  @Test
  void shouldKeepKeystorePasswords() throws KuraException {
    assertArrayEquals("changeit".toCharArray(), crypto.getKeyStorePassword("a.ks"));

    crypto.setKeyStorePassword("a.ks", "secret".toCharArray());

    assertArrayEquals(
        "secret".toCharArray(), new AesCryptoService(null, data).getKeyStorePassword("a.ks"));
    assertNull(crypto.getKeyStorePassword("b.ks"));
  }
}
