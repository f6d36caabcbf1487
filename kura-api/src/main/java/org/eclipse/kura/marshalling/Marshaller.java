/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package org.eclipse.kura.marshalling;

import org.eclipse.kura.KuraException;
import org.osgi.annotation.versioning.ProviderType;

/** Writes objects, a payload for instance, as text. */
@ProviderType
public interface Marshaller {
  /**
   * Returns the object as text.
   *
   * @throws KuraException if it is of a class that is not supported
   */
  String marshal(Object object) throws KuraException;
}
