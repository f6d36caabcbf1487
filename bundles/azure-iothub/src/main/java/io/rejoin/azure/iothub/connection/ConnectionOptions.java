/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.connection;

import io.rejoin.azure.iothub.config.Attributes;
import io.rejoin.azure.iothub.config.Secrets;
import io.rejoin.azure.iothub.link.Transport;
import io.rejoin.azure.iothub.schedule.Schedule;
import io.rejoin.azure.iothub.twin.TwinSettings;
import io.rejoin.reconnect.Profile;
import io.rejoin.reconnect.ProvisioningMode;
import io.rejoin.reconnect.Settings;
import io.rejoin.reconnect.SettingsBuilder;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A connection's configuration, read and checked. Immutable; never prints its secrets.
 *
 * @param wish when it is wanted
 * @param who identity, hub and credential
 * @param link how the network is used
 * @param cloud methods and twin
 * @param settings the flow's numbers
 * @param recordsProbe whether the hub's answers over HTTPS are written to a file
 */
record ConnectionOptions(
    Wish wish, Who who, Link link, Cloud cloud, Settings settings, boolean recordsProbe) {

  private static final String MIDNIGHT = "0 0 0 ? * * *";

  /** What {@link #read} found. */
  record Reading(ConnectionOptions options, List<String> problems) {}

  /**
   * When the connection is wanted.
   *
   * @param onStartup whether it connects by itself
   * @param schedule null for always
   * @param watchdogAfter unconnected time after which the gateway is restarted, zero for never
   */
  record Wish(boolean onStartup, @Nullable Schedule schedule, Duration watchdogAfter) {}

  /** Identity, hub and credential, as far as the configuration says. */
  record Who(
      Identity identity,
      String connectionString,
      String hubHostName,
      String deviceId,
      String deviceKey,
      String keystoreAlias) {
    @Override
    public String toString() {
      return identity + " " + deviceId + "@" + hubHostName;
    }
  }

  /** How the network is used. */
  record Link(
      Transport transport,
      String proxyHost,
      int proxyPort,
      String proxyUser,
      String proxyPassword,
      int httpsPort,
      Duration keepAlive,
      Duration tokenLife,
      String referenceName) {
    @Override
    public String toString() {
      return transport + (proxyHost.isEmpty() ? "" : " through " + proxyHost + ":" + proxyPort);
    }
  }

  /**
   * What the cloud may ask and gets told.
   *
   * @param methods the built-in direct methods that are offered
   */
  record Cloud(BuiltInMethods.Offered methods, TwinSettings twin) {}

  /** Whether both lead to the same hub by the same way, so that a session may stay. */
  boolean sameRoute(ConnectionOptions other) {
    return who.equals(other.who) && link.equals(other.link);
  }

  static Reading read(Map<String, Object> properties, Secrets secrets) {
    Attributes attributes = new Attributes(properties);
    Who who = who(attributes, properties, secrets);
    Duration stableAfter =
        Duration.ofSeconds(attributes.number("stable.after.seconds", 30, 0, 3_600));
    ConnectionOptions options =
        new ConnectionOptions(
            wish(attributes),
            who,
            link(attributes, properties, secrets),
            cloud(attributes, stableAfter),
            settings(attributes, who.identity() == Identity.PROVISIONER, stableAfter),
            attributes.flag("probe.record", false));
    return new Reading(options, attributes.problems());
  }

  private static Wish wish(Attributes attributes) {
    return new Wish(
        attributes.flag("connect.on.startup", true),
        schedule(attributes),
        Duration.ofHours(attributes.number("watchdog.after.hours", 0, 0, 720)));
  }

  private static @Nullable Schedule schedule(Attributes attributes) {
    if (!attributes.flag("connection.schedule.enabled", false)) {
      return null;
    }
    String given = attributes.text("connection.schedule.expression");
    // Not the form's default: its blanks would be escaped there, and Kura shows it as it is.
    String expression = given.isEmpty() ? MIDNIGHT : given;
    boolean urgent = attributes.flag("connection.schedule.priority.override.enable", false);
    int threshold = attributes.number("connection.schedule.priority.override.threshold", 1, 0, 9);
    int idle = attributes.number("connection.schedule.inactivity.interval.seconds", 60, 1, 86_400);
    int spread = attributes.number("connection.schedule.spread.seconds", 60, 0, 86_400);
    String problem = Schedule.problem(expression);
    if (problem != null) {
      attributes.problem("connection.schedule.expression is " + problem);
      return null;
    }
    return new Schedule(
        expression,
        ZoneId.systemDefault(),
        Duration.ofSeconds(idle),
        Duration.ofSeconds(spread),
        urgent ? threshold : -1);
  }

  private static Who who(Attributes attributes, Map<String, Object> properties, Secrets secrets) {
    return new Who(
        attributes.choice("identity", Identity.CONNECTION_STRING),
        secrets.read(properties, "connection.string"),
        attributes.text("hub.host.name"),
        attributes.text("device.id"),
        secrets.read(properties, "device.key"),
        attributes.text("keystore.alias"));
  }

  private static Link link(Attributes attributes, Map<String, Object> properties, Secrets secrets) {
    return new Link(
        attributes.choice("transport", Transport.MQTT),
        attributes.text("proxy.host"),
        attributes.number("proxy.port", 3128, 1, 65_535),
        attributes.text("proxy.user"),
        secrets.read(properties, "proxy.password"),
        attributes.number("hub.https.port", 443, 1, 65_535),
        Duration.ofSeconds(attributes.number("keep.alive.seconds", 60, 5, 1_177)),
        Duration.ofHours(attributes.number("token.life.hours", 24, 1, 8_760)),
        attributes.text("reference.name", "global.azure-devices-provisioning.net"));
  }

  private static Cloud cloud(Attributes attributes, Duration stableAfter) {
    return new Cloud(
        new BuiltInMethods.Offered(
            attributes.flag("method.get.connection.status", true),
            attributes.flag("method.reconnect", true),
            attributes.flag("method.reprovision", true)),
        new TwinSettings(
            stableAfter,
            Duration.ofSeconds(attributes.number("twin.spread.seconds", 60, 0, 86_400)),
            Duration.ofHours(attributes.number("twin.statistics.hours", 24, 0, 168))));
  }

  private static Settings settings(
      Attributes attributes, boolean provisioned, Duration stableAfter) {
    boolean documented = attributes.choice("profile", Profile.RECOMMENDED) == Profile.DOCUMENTED;
    SettingsBuilder settings = documented ? Settings.documented() : Settings.recommended();
    settings
        .provisioned(provisioned)
        .mode(attributes.choice("provisioning.mode", ProvisioningMode.DYNAMIC))
        .failuresBeforeDps(attributes.number("provisioning.failures", 10, 1, 1_000))
        .stableAfter(stableAfter)
        .probeInterval(
            Duration.ofMinutes(attributes.number("probe.interval.minutes", 10, 1, 1_440)))
        .restAfterLimit(
            Duration.ofMinutes(attributes.number("rest.after.limit.minutes", 0, 0, 10_080)));
    if (!documented) {
      slotAndFleet(attributes, settings);
    }
    return settings.build();
  }

  private static void slotAndFleet(Attributes attributes, SettingsBuilder settings) {
    int min = attributes.number("provisioning.slot.min.minutes", 15, 0, 1_440);
    int max = attributes.number("provisioning.slot.max.minutes", 30, 0, 1_440);
    if (max < min) {
      attributes.problem(
          "provisioning.slot.max.minutes is " + max + ": give at least the earliest, " + min);
      max = min;
    }
    settings.slot(Duration.ofMinutes(min), Duration.ofMinutes(max));
    settings.registerAtOccasion(attributes.number("provisioning.register.at", 2, 1, 100));
    int devices = attributes.number("fleet.devices", 0, 0, 10_000_000);
    int connections = attributes.number("fleet.hub.connections.per.second", 100, 1, 1_000_000);
    int registrations = attributes.number("fleet.registrations.per.minute", 1_000, 1, 1_000_000);
    if (devices > 0) {
      settings.fleet(devices, connections, registrations);
    }
  }
}
