/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package org.eclipse.kura.configuration.metatype;

import java.math.BigInteger;
import org.osgi.annotation.versioning.ProviderType;

/** A picture of a metatype file. */
@ProviderType
public interface Icon {
  String getResource();

  BigInteger getSize();
}
