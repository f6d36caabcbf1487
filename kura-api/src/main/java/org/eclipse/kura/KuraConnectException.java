/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package org.eclipse.kura;

import org.osgi.annotation.versioning.ProviderType;

/**
 * A connection could not be made ({@link KuraErrorCode#CONNECTION_FAILED}). Console and REST show a
 * fixed sentence instead of this text.
 */
@ProviderType
public class KuraConnectException extends KuraException {
  private static final long serialVersionUID = 1L;

  public KuraConnectException(Object argument) {
    super(KuraErrorCode.CONNECTION_FAILED, null, argument);
  }

  public KuraConnectException(Throwable cause, Object argument) {
    super(KuraErrorCode.CONNECTION_FAILED, cause, argument);
  }
}
