/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.testbed.store;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Attributes and defaults of Kura's database service. */
@ObjectClassDefinition(id = H2StoreProvider.PID, name = "DbService")
@interface H2StoreMetatype {

  @AttributeDefinition(name = "Connector URL")
  String db_connector_url() default "jdbc:h2:mem:kuradb";

  @AttributeDefinition(name = "User")
  String db_user() default "SA";

  @AttributeDefinition(name = "Password", type = AttributeType.PASSWORD, required = false)
  String db_password() default "";

  @AttributeDefinition(name = "Checkpoint interval (seconds)", min = "5")
  int db_checkpoint_interval_seconds() default 900;

  @AttributeDefinition(name = "Defrag interval (minutes)", min = "0")
  int db_defrag_interval_minutes() default 15;

  @AttributeDefinition(name = "Connection pool max size", min = "1")
  int db_connection_pool_max_size() default 10;
}
