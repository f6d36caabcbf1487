/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.testbed.metatype;

import java.math.BigInteger;
import java.util.List;
import org.eclipse.kura.configuration.metatype.AD;
import org.eclipse.kura.configuration.metatype.Icon;
import org.eclipse.kura.configuration.metatype.OCD;
import org.jspecify.annotations.Nullable;

/** An {@code OCD} of a metatype file. */
record ObjectClassDefinition(
    String id,
    @Nullable String name,
    @Nullable String description,
    List<AD> attributes,
    List<Icon> icons)
    implements OCD {

  @Override
  public String getId() {
    return id;
  }

  @Override
  public @Nullable String getName() {
    return name;
  }

  @Override
  public @Nullable String getDescription() {
    return description;
  }

  @Override
  public List<AD> getAD() {
    return attributes;
  }

  @Override
  public List<Icon> getIcon() {
    return icons;
  }

  /** An {@code Icon} of a definition. */
  record Picture(String resource, BigInteger size) implements Icon {

    @Override
    public String getResource() {
      return resource;
    }

    @Override
    public BigInteger getSize() {
      return size;
    }
  }
}
