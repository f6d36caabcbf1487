/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package org.eclipse.kura.cloud;

import org.eclipse.kura.KuraException;
import org.eclipse.kura.message.KuraPayload;
import org.osgi.annotation.versioning.ProviderType;

/** Writes payloads in Kura's protobuf format; a service of the Kapua cloud service, if present. */
@ProviderType
public interface CloudPayloadProtoBufEncoder {
  /**
   * Encodes a payload.
   *
   * @param gzipped whether to compress the result
   * @throws KuraException if the payload cannot be encoded
   */
  byte[] getBytes(KuraPayload kuraPayload, boolean gzipped) throws KuraException;
}
