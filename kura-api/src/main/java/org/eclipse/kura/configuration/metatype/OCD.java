/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package org.eclipse.kura.configuration.metatype;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** An object class definition of a metatype file. Its id is the (factory) pid. */
@ProviderType
public interface OCD {
  List<AD> getAD();

  List<Icon> getIcon();

  String getName();

  String getDescription();

  String getId();
}
