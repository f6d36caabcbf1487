/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.provisioning;

import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;

/**
 * How a device proves who it is, to the provisioning service and to its hub alike. Gives away no
 * key: a signature is asked for, and a private key stays in its {@link KeyManager}, so that keys in
 * a TPM or on a PKCS#11 token fit.
 */
public sealed interface DeviceCredential {

  /**
   * A shared key that signs. A TPM's key is one: implement it by the chip's HMAC.
   *
   * <p>Thread-safe; may block for as long as a security chip takes.
   */
  non-sealed interface SharedKey extends DeviceCredential {
    /** The HMAC-SHA256 of the message under the device's key. */
    byte[] sign(byte[] message);
  }

  /** An X.509 certificate with its private key. Thread-safe. */
  non-sealed interface Certificate extends DeviceCredential {
    /** Key managers for a TLS context; they may refuse to export the private key. */
    KeyManager[] keyManagers();

    /** The device's own certificate, whose validity is checked before each attempt. */
    X509Certificate certificate();
  }
}
