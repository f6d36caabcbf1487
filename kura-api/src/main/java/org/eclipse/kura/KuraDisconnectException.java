/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package org.eclipse.kura;

import org.osgi.annotation.versioning.ProviderType;

/** A connection could not be ended ({@link KuraErrorCode#DISCONNECTION_FAILED}). */
@ProviderType
public class KuraDisconnectException extends KuraException {
  private static final long serialVersionUID = 1L;

  public KuraDisconnectException(Object argument) {
    super(KuraErrorCode.DISCONNECTION_FAILED, null, argument);
  }

  public KuraDisconnectException(Throwable cause, Object argument) {
    super(KuraErrorCode.DISCONNECTION_FAILED, cause, argument);
  }
}
