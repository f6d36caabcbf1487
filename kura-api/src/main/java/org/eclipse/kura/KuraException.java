/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package org.eclipse.kura;

import java.util.Locale;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The root of Kura's checked exceptions: a {@link KuraErrorCode} and the arguments of the text that
 * belongs to it.
 *
 * <p>The text decides which arguments are seen. Most show the first, some show none: the argument
 * of {@code NOT_CONNECTED} never reaches a reader.
 */
@ProviderType
public class KuraException extends Exception {
  private static final long serialVersionUID = 1L;

  private final KuraErrorCode code;
  private final transient Object[] arguments;

  /** An exception whose text has no arguments; its placeholders stay visible. */
  public KuraException(KuraErrorCode code) {
    this.code = code;
    this.arguments = null;
  }

  /** An exception without a cause. */
  public KuraException(KuraErrorCode code, Object... arguments) {
    this.code = code;
    this.arguments = arguments;
  }

  /** An exception with a cause, which may be null. */
  public KuraException(KuraErrorCode code, Throwable cause, Object... arguments) {
    super(cause);
    this.code = code;
    this.arguments = arguments;
  }

  /** An {@link KuraErrorCode#INTERNAL_ERROR} that shows the message. */
  public static KuraException internalError(String message) {
    return new KuraException(KuraErrorCode.INTERNAL_ERROR, null, message);
  }

  /** An {@link KuraErrorCode#INTERNAL_ERROR} with a cause and an empty message. */
  public static KuraException internalError(Throwable cause) {
    return new KuraException(KuraErrorCode.INTERNAL_ERROR, cause, "");
  }

  /** An {@link KuraErrorCode#INTERNAL_ERROR} that shows the message. */
  public static KuraException internalError(Throwable cause, String message) {
    return new KuraException(KuraErrorCode.INTERNAL_ERROR, cause, message);
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
