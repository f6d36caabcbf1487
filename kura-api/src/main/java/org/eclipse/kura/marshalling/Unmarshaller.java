/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package org.eclipse.kura.marshalling;

import org.eclipse.kura.KuraException;
import org.osgi.annotation.versioning.ProviderType;

/** Reads objects, a payload for instance, from text. */
@ProviderType
public interface Unmarshaller {
  /**
   * Returns the object that the text describes.
   *
   * @throws KuraException if the text is malformed or the class not supported
   */
  <T> T unmarshal(String string, Class<T> clazz) throws KuraException;
}
