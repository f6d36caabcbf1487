/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package org.eclipse.kura;

import java.util.Locale;
import org.osgi.annotation.versioning.ProviderType;

/** The root of Kura's unchecked exceptions; text and arguments as in {@link KuraException}. */
@ProviderType
public class KuraRuntimeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final KuraErrorCode code;
  private final transient Object[] arguments;

  /** An exception whose text has no arguments; its placeholders stay visible. */
  public KuraRuntimeException(KuraErrorCode code) {
    this.code = code;
    this.arguments = null;
  }

  /** An exception without a cause. */
  public KuraRuntimeException(KuraErrorCode code, Object... arguments) {
    this.code = code;
    this.arguments = arguments;
  }

  /** An exception with a cause, which may be null. */
  public KuraRuntimeException(KuraErrorCode code, Throwable cause, Object... arguments) {
    super(cause);
    this.code = code;
    this.arguments = arguments;
  }

  /** Returns the code, null if the creator passed null. */
  public KuraErrorCode getCode() {
    return code;
  }

  /** Returns the text in the default locale; Kura ships English alone. */
  @Override
  public String getLocalizedMessage() {
    return Messages.text(Locale.getDefault(), code, arguments);
  }

  @Override
  public String getMessage() {
    return Messages.text(Locale.US, code, arguments);
  }
}
