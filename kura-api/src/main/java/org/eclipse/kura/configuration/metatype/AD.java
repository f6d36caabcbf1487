/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package org.eclipse.kura.configuration.metatype;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** An attribute definition of a metatype file. */
@ProviderType
public interface AD {
  List<Option> getOption();

  String getName();

  String getDescription();

  String getId();

  Scalar getType();

  /** Returns 0 for a single value, n for an array and -n for a vector of at most n values. */
  int getCardinality();

  String getMin();

  String getMax();

  /** Returns the default as it is written, commas and escapes included; null for none. */
  String getDefault();

  boolean isRequired();
}
