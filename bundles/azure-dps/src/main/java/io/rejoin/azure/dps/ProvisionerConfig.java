/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.dps;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.Icon;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/**
 * The console's form. The component reads a map and checks it itself, see {@link SettingsReader};
 * the defaults are the same.
 */
@ObjectClassDefinition(
    id = DpsProvisioner.PID,
    icon = @Icon(resource = "OSGI-INF/icons/provisioner.png", size = 32),
    name = "Rejoin Azure Device Provisioning",
    description =
        "Asks Azure's Device Provisioning Service (DPS) which IoT Hub this gateway belongs to. The"
            + " connection that uses it decides when to ask.")
@interface ProvisionerConfig {

  @AttributeDefinition(
      name = "ID scope",
      description =
          "Names the provisioning service, such as 0ne00A1B2C3. It is on the overview page of the"
              + " Device Provisioning Service in the Azure portal.")
  String id_scope() default "";

  @AttributeDefinition(
      name = "Registration ID",
      description =
          "This gateway's name in the provisioning service: 1 to 128 letters, digits and - . _ :"
              + " ending in a letter, digit or dash. With X.509 it must equal the common name of the"
              + " certificate.")
  String registration_id() default "";

  @AttributeDefinition(
      name = "Attestation",
      description =
          "How the gateway proves who it is, to the provisioning service and to its hub alike.",
      options = {
        @Option(label = "Symmetric key", value = SettingsReader.SYMMETRIC_KEY),
        @Option(label = "X.509 certificate", value = SettingsReader.X509)
      })
  String attestation() default SettingsReader.SYMMETRIC_KEY;

  @AttributeDefinition(
      name = "Symmetric key",
      type = AttributeType.PASSWORD,
      required = false,
      description =
          "Base64. The primary or secondary key of the individual enrolment, or this gateway's key"
              + " derived from its group's. Never the group key itself. Not used with X.509.")
  String symmetric_key() default "";

  @AttributeDefinition(
      name = "Keystore",
      description =
          "The keystore that holds the gateway's certificate and private key. Only used with X.509.")
  String KeystoreService_target() default "(kura.service.pid=changeme)";

  @AttributeDefinition(
      name = "Key alias",
      required = false,
      description =
          "The alias of the private key and certificate in that keystore. Only used with X.509.")
  String keystore_alias() default "";

  @AttributeDefinition(
      name = "SSL manager",
      description =
          "Whose trusted certificates verify the provisioning service. Without one, those of the"
              + " Java runtime do.")
  String SslManagerService_target() default "(kura.service.pid=changeme)";

  @AttributeDefinition(
      name = "Custom payload",
      required = false,
      description =
          "A JSON object that is sent along with a registration, for a custom allocation policy,"
              + " such as {\"site\": \"north\"}. Not a place for secrets.")
  String custom_payload() default "";

  @AttributeDefinition(
      name = "Model ID",
      required = false,
      description =
          "The IoT Plug and Play model, such as dtmi:com:example:Gateway;1. Sent in the payload as"
              + " modelId; IoT Central needs it.")
  String model_id() default "";

  @AttributeDefinition(
      name = "Registrations at once",
      min = "1",
      max = "100",
      description =
          "How many registrations, which Azure bills, may follow each other without a pause.")
  int budget_at_once() default 1;

  @AttributeDefinition(
      name = "Registrations per day",
      min = "0",
      max = "1000",
      description =
          "How many registrations are allowed a day in the long run, also over restarts. 0: no"
              + " limit. Lookups are free and not limited.")
  int budget_per_day() default 3;

  @AttributeDefinition(
      name = "Global endpoint",
      description =
          "The provisioning service's host name, or host:port. Another one than the default is"
              + " needed in national clouds and for private endpoints.")
  String global_endpoint() default SettingsReader.DEFAULT_ENDPOINT;

  @AttributeDefinition(
      name = "Proxy host",
      required = false,
      description =
          "The host name of an HTTP proxy. Without one, the Java runtime's proxy settings count.")
  String proxy_host() default "";

  @AttributeDefinition(
      name = "Proxy port",
      min = "1",
      max = "65535",
      description = "The HTTP proxy's port.")
  int proxy_port() default 8080;

  @AttributeDefinition(
      name = "Proxy user",
      required = false,
      description = "Empty for a proxy that asks for no credentials.")
  String proxy_user() default "";

  @AttributeDefinition(
      name = "Proxy password",
      type = AttributeType.PASSWORD,
      required = false,
      description = "The proxy user's password.")
  String proxy_password() default "";

  @AttributeDefinition(
      name = "Connect timeout (seconds)",
      min = "1",
      max = "300",
      description = "How long to wait for a connection to the provisioning service.")
  int connect_timeout_seconds() default 30;

  @AttributeDefinition(
      name = "Request timeout (seconds)",
      min = "1",
      max = "300",
      description = "How long to wait for one answer, the TLS handshake included.")
  int request_timeout_seconds() default 60;

  @AttributeDefinition(
      name = "Total timeout (seconds)",
      min = "5",
      max = "3600",
      description =
          "How long a registration may take until the service names a hub. Allocation by a function"
              + " of one's own may need more.")
  int total_timeout_seconds() default 180;
}
