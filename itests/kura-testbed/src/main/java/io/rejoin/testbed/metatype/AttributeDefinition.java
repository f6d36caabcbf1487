/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.testbed.metatype;

import java.util.List;
import org.eclipse.kura.configuration.metatype.AD;
import org.eclipse.kura.configuration.metatype.Option;
import org.eclipse.kura.configuration.metatype.Scalar;
import org.jspecify.annotations.Nullable;

/** An {@code AD} of a metatype file; what the file does not say is null. */
record AttributeDefinition(
    String id,
    @Nullable String name,
    @Nullable String description,
    Scalar type,
    int cardinality,
    @Nullable String min,
    @Nullable String max,
    @Nullable String defaultValue,
    boolean required,
    List<Option> options)
    implements AD {

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
  public Scalar getType() {
    return type;
  }

  @Override
  public int getCardinality() {
    return cardinality;
  }

  @Override
  public @Nullable String getMin() {
    return min;
  }

  @Override
  public @Nullable String getMax() {
    return max;
  }

  @Override
  public @Nullable String getDefault() {
    return defaultValue;
  }

  @Override
  public boolean isRequired() {
    return required;
  }

  @Override
  public List<Option> getOption() {
    return options;
  }

  /** An {@code Option} of an attribute. */
  record Choice(String label, String value) implements Option {

    @Override
    public String getLabel() {
      return label;
    }

    @Override
    public String getValue() {
      return value;
    }
  }
}
