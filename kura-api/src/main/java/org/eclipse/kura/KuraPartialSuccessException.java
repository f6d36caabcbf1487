/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package org.eclipse.kura;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Part of an operation failed ({@link KuraErrorCode#PARTIAL_SUCCESS}). */
@ProviderType
public class KuraPartialSuccessException extends KuraException {
  private static final long serialVersionUID = 1L;

  private final transient List<Throwable> causes;

  public KuraPartialSuccessException(String message, List<Throwable> causes) {
    super(KuraErrorCode.PARTIAL_SUCCESS, (Throwable) null, message);
    this.causes = causes;
  }

  /** Returns what failed, one cause for each part. */
  public List<Throwable> getCauses() {
    return causes;
  }
}
