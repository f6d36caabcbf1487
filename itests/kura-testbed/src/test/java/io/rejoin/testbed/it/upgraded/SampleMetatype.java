/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.testbed.it.upgraded;

import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The second version of the sample's settings: text has another default, number has gone. */
@ObjectClassDefinition(id = io.rejoin.testbed.it.sample.Sample.PID, name = "Sample")
@interface SampleMetatype {

  String text() default "another text";

  String added() default "added";
}
