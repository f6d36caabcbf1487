/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package org.eclipse.kura;

import org.osgi.annotation.versioning.ProviderType;

/** A message store failed ({@link KuraErrorCode#STORE_ERROR}). */
@ProviderType
public class KuraStoreException extends KuraException {
  private static final long serialVersionUID = 1L;

  public KuraStoreException(Object argument) {
    super(KuraErrorCode.STORE_ERROR, null, argument);
  }

  public KuraStoreException(Throwable cause, Object argument) {
    super(KuraErrorCode.STORE_ERROR, cause, argument);
  }
}
