/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.testbed.it.sample;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The first version of the sample's settings. */
@ObjectClassDefinition(id = Sample.PID, name = "Sample")
@interface SampleMetatype {

  String text() default "text";

  @AttributeDefinition(min = "1", max = "9")
  int number() default 5;

  String empty() default "";

  @AttributeDefinition(type = AttributeType.PASSWORD, required = false)
  String secret() default "";
}
