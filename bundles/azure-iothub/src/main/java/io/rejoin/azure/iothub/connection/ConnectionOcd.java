/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.connection;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.Icon;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The connection's form in Kura's console. Texts are literal: Kura resolves no keys. */
@ObjectClassDefinition(
    id = ConnectionComponent.PID,
    icon = @Icon(resource = "OSGI-INF/icons/connection.png", size = 32),
    name = "Azure IoT Hub Connection",
    description = "Who the gateway is, which hub it belongs to and how it comes back to it.")
@interface ConnectionOcd {

  String NOBODY = "(kura.service.pid=changeme)";

  @AttributeDefinition(
      name = "Connect at start-up",
      description =
          "Whether the gateway connects by itself after a start. Connect and Disconnect in the"
              + " console hold until the next start.")
  boolean connect_on_startup() default true;

  @AttributeDefinition(
      name = "Identity",
      description =
          "Where hub, device and credential come from. Only the fields of the chosen way are"
              + " read.",
      options = {
        @Option(label = "Connection string", value = "CONNECTION_STRING"),
        @Option(label = "Device key (host, device id, key)", value = "SYMMETRIC_KEY"),
        @Option(label = "Provisioning service", value = "PROVISIONER"),
        @Option(label = "X.509 certificate (host, device id, keystore)", value = "X509")
      })
  String identity() default "CONNECTION_STRING";

  @AttributeDefinition(
      name = "Connection string",
      type = AttributeType.PASSWORD,
      required = false,
      description =
          "For identity Connection string: the device's own, from its page in the Azure portal,"
              + " HostName=...;DeviceId=...;SharedAccessKey=...")
  String connection_string();

  @AttributeDefinition(
      name = "Hub host name",
      required = false,
      description =
          "For identity Device key and X.509 certificate: such as factory.azure-devices.net,"
              + " without scheme and port.")
  String hub_host_name();

  @AttributeDefinition(
      name = "Device id",
      required = false,
      description = "For identity Device key and X.509 certificate: the device's id at the hub.")
  String device_id();

  @AttributeDefinition(
      name = "Device key",
      type = AttributeType.PASSWORD,
      required = false,
      description = "For identity Device key: the primary or secondary key, in Base64.")
  String device_key();

  @AttributeDefinition(
      name = "Keystore",
      description = "For identity X.509 certificate: the Kura keystore that holds the key.")
  String KeystoreService_target() default NOBODY;

  @AttributeDefinition(
      name = "Keystore alias",
      required = false,
      description = "For identity X.509 certificate: the alias of key and certificate there.")
  String keystore_alias();

  @AttributeDefinition(
      name = "Provisioner",
      description =
          "For identity Provisioning service: who knows where the device belongs. Select one and"
              + " give its id scope and registration there.")
  String Provisioner_target() default NOBODY;

  @AttributeDefinition(
      name = "Retry policy",
      description =
          "Decides how long to wait after a failure. May be exchanged and tuned at any time, also"
              + " in the middle of a wait. Without one a built-in back-off works.")
  String RetryPolicy_target() default NOBODY;

  @AttributeDefinition(
      name = "SSL manager",
      description =
          "Whose trust store decides about the hub's certificate. Without one the Java runtime's"
              + " does, which knows Azure's.")
  String SslManagerService_target() default NOBODY;

  @AttributeDefinition(
      name = "Trust keystore",
      description =
          "A Kura keystore with the certificates to trust, in place of the SSL manager's. Needed"
              + " only for identity X.509 certificate behind a private CA.")
  String TruststoreKeystoreService_target() default NOBODY;

  @AttributeDefinition(
      name = "Transport",
      description =
          "MQTT needs port 8883 to be open; MQTT over WebSockets needs port 443, passes HTTP"
              + " proxies and does not take an X.509 certificate.",
      options = {
        @Option(label = "MQTT (port 8883)", value = "MQTT"),
        @Option(label = "MQTT over WebSockets (port 443)", value = "MQTT_WS")
      })
  String transport() default "MQTT";

  @AttributeDefinition(
      name = "HTTP proxy host",
      required = false,
      description = "For MQTT over WebSockets and the HTTPS probe. Empty for none.")
  String proxy_host();

  @AttributeDefinition(
      name = "HTTP proxy port",
      min = "1",
      max = "65535",
      description = "Port of the HTTP proxy.")
  int proxy_port() default 3128;

  @AttributeDefinition(
      name = "HTTP proxy user",
      required = false,
      description = "Empty when the proxy asks for none.")
  String proxy_user();

  @AttributeDefinition(
      name = "HTTP proxy password",
      type = AttributeType.PASSWORD,
      required = false,
      description = "Password of the proxy user.")
  String proxy_password();

  @AttributeDefinition(
      name = "Keep-alive (seconds)",
      min = "5",
      max = "1177",
      description =
          "A silent connection is noticed after one and a half times this. Shorter costs traffic:"
              + " one small packet each time. 1177 is the longest that IoT Hub grants.")
  int keep_alive_seconds() default 60;

  @AttributeDefinition(
      name = "Token life (hours)",
      min = "1",
      max = "8760",
      description =
          "With a key, the session is renewed before its token runs out, after 75 to 95 % of this"
              + " time so that a fleet does not renew together.")
  int token_life_hours() default 24;

  @AttributeDefinition(
      name = "Rules",
      description =
          "Recommended: all of Microsoft's guidance that keeps a fleet alive. Documented: the page"
              + " 'Manage device reconnections' to the letter, for comparison.",
      options = {
        @Option(label = "Documented: Microsoft's page to the letter", value = "DOCUMENTED"),
        @Option(label = "All of Microsoft's guidance (recommended)", value = "RECOMMENDED")
      })
  String profile() default "RECOMMENDED";

  @AttributeDefinition(
      name = "Provisioning mode",
      description =
          "Dynamic: ask when no hub is known and when the hub is found lost. On start-up, always:"
              + " also once at each start, which is billed. On error only: never because a hub is"
              + " merely silent.",
      options = {
        @Option(label = "On start-up, always", value = "ALWAYS_ON_STARTUP"),
        @Option(label = "Dynamic", value = "DYNAMIC"),
        @Option(label = "On error only", value = "ON_ERROR_ONLY")
      })
  String provisioning_mode() default "DYNAMIC";

  @AttributeDefinition(
      name = "Reprovision now",
      description =
          "A switch: each change of it has the device register once, at once, whichever way it is"
              + " turned. Billed; may overdraw the provisioner's budget by one. Nothing happens"
              + " while the connection is stopped or uses no provisioner.")
  boolean reprovision_now() default false;

  @AttributeDefinition(
      name = "Failures before provisioning",
      min = "1",
      max = "1000",
      description =
          "So many failures in a row, none of which proves the hub alive, before the provisioning"
              + " service is asked about a silent hub.")
  int provisioning_failures() default 10;

  @AttributeDefinition(
      name = "Provisioning slot, earliest (minutes)",
      min = "0",
      max = "1440",
      description =
          "A silent hub is not asked about earlier than this after the first failure. Microsoft"
              + " advises 15 to 30 minutes.")
  int provisioning_slot_min_minutes() default 15;

  @AttributeDefinition(
      name = "Provisioning slot, latest (minutes)",
      min = "0",
      max = "1440",
      description =
          "Each gateway draws its own moment up to this one, so that a fleet does not ask at once."
              + " Replaced by the fleet's size where that is given.")
  int provisioning_slot_max_minutes() default 30;

  @AttributeDefinition(
      name = "Register at question number",
      min = "1",
      max = "100",
      description =
          "About a hub that is merely silent the provisioning service is asked by lookups, which are"
              + " free, up to this question, at which the device registers, which is billed. 1:"
              + " never look up.")
  int provisioning_register_at() default 2;

  @AttributeDefinition(
      name = "Fleet size (devices)",
      min = "0",
      max = "10000000",
      description =
          "How many devices share the hub and the provisioning service; sizes the spreads. 0 when"
              + " unknown.")
  int fleet_devices() default 0;

  @AttributeDefinition(
      name = "Hub connections per second",
      min = "1",
      max = "1000000",
      description =
          "New connections that the hub accepts per second, all units together: 100 for one S1"
              + " unit. Read only with a fleet size.")
  int fleet_hub_connections_per_second() default 100;

  @AttributeDefinition(
      name = "Registrations per minute",
      min = "1",
      max = "1000000",
      description =
          "Registrations that the provisioning service accepts per minute. Read only with a fleet"
              + " size.")
  int fleet_registrations_per_minute() default 1000;

  @AttributeDefinition(
      name = "Stable after (seconds)",
      min = "0",
      max = "3600",
      description =
          "A connection has to live this long before the failures before it are forgotten, so that"
              + " a hub that accepts and drops is not hammered.")
  int stable_after_seconds() default 30;

  @AttributeDefinition(
      name = "HTTPS probe interval (minutes)",
      min = "1",
      max = "1440",
      description =
          "Over MQTT the hub does not say why it refuses; it is asked over HTTPS, at most once in"
              + " this time.")
  int probe_interval_minutes() default 10;

  @AttributeDefinition(
      name = "Record HTTPS probe",
      description =
          "Appends the hub's answers to rejoin/hub-answers-<connection>.txt in Kura's data"
              + " directory, up to 1 MB, for a report on how a real hub behaves. Names of hub and"
              + " device are blotted out; tokens and keys are never written.")
  boolean probe_record() default false;

  @AttributeDefinition(
      name = "HTTPS port of the hub",
      min = "1",
      max = "65535",
      description = "Where the HTTPS probe asks. 443 on Azure.")
  int hub_https_port() default 443;

  @AttributeDefinition(
      name = "Rest after giving up (minutes)",
      min = "0",
      max = "10080",
      description =
          "When the retry policy gives up, start again after this rest. 0: only on Connect or a new"
              + " configuration.")
  int rest_after_limit_minutes() default 0;

  @AttributeDefinition(
      name = "Connection schedule",
      description =
          "Connect only in windows, for links that cost by the minute. Messages are stored in"
              + " between.")
  boolean connection_schedule_enabled() default false;

  @AttributeDefinition(
      name = "Connection schedule expression",
      required = false,
      description =
          "When a window opens, in the gateway's time zone: a cron expression of Quartz with"
              + " seconds, minutes, hours, day of month, month, day of week and, if wanted, year."
              + " 0 0 3 ? * * is 03:00 each day. Empty: midnight.")
  String connection_schedule_expression();

  @AttributeDefinition(
      name = "Connection schedule inactivity (seconds)",
      min = "1",
      max = "86400",
      description =
          "A window closes when the gateway is connected and no message has passed either way for"
              + " so long.")
  int connection_schedule_inactivity_interval_seconds() default 60;

  @AttributeDefinition(
      name = "Connection schedule spread (seconds)",
      min = "0",
      max = "86400",
      description =
          "A window opens at a random moment within this time, since the whole fleet has the same"
              + " expression.")
  int connection_schedule_spread_seconds() default 60;

  @AttributeDefinition(
      name = "Connection schedule override by priority",
      description = "Whether important messages open a window at once.")
  boolean connection_schedule_priority_override_enable() default false;

  @AttributeDefinition(
      name = "Connection schedule override threshold",
      min = "0",
      max = "9",
      description =
          "Messages of this priority or a lower number are important; 0 is the most important.")
  int connection_schedule_priority_override_threshold() default 1;

  @AttributeDefinition(
      name = "Restart by watchdog (hours)",
      min = "0",
      max = "720",
      description =
          "After so long without a connection Kura's watchdog restarts the gateway, at most once a"
              + " day, and never while the connection waits for a person, such as with a refused"
              + " credential. 0: never. Kura's watchdog has to be enabled.")
  int watchdog_after_hours() default 0;

  @AttributeDefinition(
      name = "Direct method getConnectionStatus",
      description =
          "Whether the cloud may read this status page by the direct method getConnectionStatus."
              + " Off: a subscriber of this name is asked instead.")
  boolean method_get_connection_status() default true;

  @AttributeDefinition(
      name = "Direct method reconnect",
      description =
          "Whether the cloud may have the gateway connect anew by the direct method reconnect. It"
              + " does so at a random moment within the payload's spreadSeconds, 100 without"
              + " payload.")
  boolean method_reconnect() default true;

  @AttributeDefinition(
      name = "Direct method reprovision",
      description =
          "Whether the cloud may have the gateway register anew by the direct method reprovision,"
              + " which is billed and drawn from the provisioner's budget. It does so at a random"
              + " moment within the payload's spreadSeconds, 600 without payload.")
  boolean method_reprovision() default true;

  @AttributeDefinition(
      name = "Twin spread (seconds)",
      min = "0",
      max = "86400",
      description =
          "The device twin is read and written only once a connection is stable, at a random moment"
              + " within this time. 10000 gateways that come back together need 100 s for an S1"
              + " unit's 100 reads per second.")
  int twin_spread_seconds() default 60;

  @AttributeDefinition(
      name = "Statistics in the twin (hours)",
      min = "0",
      max = "168",
      description =
          "State and statistics are written to the reported property rejoin this often; each time"
              + " counts as a message of the hub's daily quota. 0: never.")
  int twin_statistics_hours() default 24;

  @AttributeDefinition(
      name = "Reference name",
      description =
          "When the hub's name cannot be resolved, this one is tried: if it cannot either, the name"
              + " service is at fault and not the hub.")
  String reference_name() default "global.azure-devices-provisioning.net";
}
