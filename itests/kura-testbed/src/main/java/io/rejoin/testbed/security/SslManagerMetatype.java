/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.testbed.security;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Attributes and defaults of Kura's SslManagerService, as far as the testbed reads them. */
@ObjectClassDefinition(id = KeystoreSslManagerService.PID, name = "SslManagerService")
@interface SslManagerMetatype {

  @AttributeDefinition(name = "KeystoreService Target Filter")
  String KeystoreService_target() default "(kura.service.pid=changeme)";

  @AttributeDefinition(name = "Truststore KeystoreService Target Filter")
  String TruststoreKeystoreService_target() default "(kura.service.pid=changeme)";

  @AttributeDefinition(name = "Default protocol", required = false)
  String ssl_default_protocol() default "TLSv1.2";

  @AttributeDefinition(name = "Verify hostname")
  boolean ssl_hostname_verification() default true;

  @AttributeDefinition(name = "Default cipher suites", required = false)
  String ssl_default_cipherSuites() default "";
}
