/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package org.eclipse.kura;

import org.osgi.annotation.versioning.ProviderType;

/** A message store holds as many messages as it may. */
@ProviderType
public class KuraStoreCapacityReachedException extends KuraStoreException {
  private static final long serialVersionUID = 1L;

  public KuraStoreCapacityReachedException(Object argument) {
    super(argument);
  }
}
