/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.link;

import io.rejoin.retry.Failure;

/** Something asked of a link failed, and why. */
public final class LinkFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Failure failure;

  public LinkFailedException(Failure failure) {
    super(failure.words());
    this.failure = failure;
  }

  public Failure failure() {
    return failure;
  }
}
