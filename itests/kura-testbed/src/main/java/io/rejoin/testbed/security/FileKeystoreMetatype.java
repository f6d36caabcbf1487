/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.testbed.security;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Attributes and defaults of Kura's keystore service, as far as the testbed reads them. */
@ObjectClassDefinition(id = FileKeystoreService.PID, name = "FilesystemKeystoreServiceImpl")
@interface FileKeystoreMetatype {

  @AttributeDefinition(name = "Keystore Path")
  String keystore_path() default "/tmp/keystore.ks";

  @AttributeDefinition(name = "Keystore Password", type = AttributeType.PASSWORD)
  String keystore_password() default "changeit";
}
