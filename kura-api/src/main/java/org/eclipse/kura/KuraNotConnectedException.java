/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package org.eclipse.kura;

import org.osgi.annotation.versioning.ProviderType;

/** There is no connection ({@link KuraErrorCode#NOT_CONNECTED}); the text hides the argument. */
@ProviderType
public class KuraNotConnectedException extends KuraException {
  private static final long serialVersionUID = 1L;

  public KuraNotConnectedException(Object argument) {
    super(KuraErrorCode.NOT_CONNECTED, null, argument);
  }

  public KuraNotConnectedException(Throwable cause, Object argument) {
    super(KuraErrorCode.NOT_CONNECTED, cause, argument);
  }
}
