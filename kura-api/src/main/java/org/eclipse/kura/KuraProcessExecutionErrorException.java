/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package org.eclipse.kura;

import org.osgi.annotation.versioning.ProviderType;

/** A process of the system failed ({@link KuraErrorCode#PROCESS_EXECUTION_ERROR}). */
@ProviderType
public class KuraProcessExecutionErrorException extends KuraException {
  private static final long serialVersionUID = 1L;

  public KuraProcessExecutionErrorException(Object argument) {
    super(KuraErrorCode.PROCESS_EXECUTION_ERROR, null, argument);
  }

  public KuraProcessExecutionErrorException(Throwable cause, Object argument) {
    super(KuraErrorCode.PROCESS_EXECUTION_ERROR, cause, argument);
  }
}
