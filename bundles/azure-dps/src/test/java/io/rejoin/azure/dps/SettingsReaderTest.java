/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.dps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rejoin.azure.dps.https.Endpoint;
import io.rejoin.azure.dps.https.Proxy;
import io.rejoin.azure.dps.identity.Attestation;
import io.rejoin.azure.dps.state.BudgetLimits;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.eclipse.kura.configuration.Password;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsReaderTest {

  private static final String KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

  private final Map<String, Object> properties =
      new HashMap<>(Map.of("id.scope", "0ne1", "registration.id", "pump-7", "symmetric.key", KEY));

  @Test
  void shouldNeedNoMoreThanScopeRegistrationAndKey() {
    Settings settings = read();

    assertEquals("0ne1 at global.azure-devices-provisioning.net as pump-7", settings.service());
    assertEquals(Attestation.SYMMETRIC_KEY, settings.attestation());
    assertEquals(BudgetLimits.DEFAULT, settings.budget());
    assertNull(settings.payload());
    assertNull(settings.proxy());
    assertEquals(Duration.ofSeconds(30), settings.connectLimit());
    assertEquals(Duration.ofMinutes(1), settings.limits().request());
    assertEquals(Duration.ofMinutes(3), settings.limits().total());
  }

  /** What the console offers and what counts where nothing is set must be the same. */
  @Test
  void shouldHaveTheDefaultsOfTheForm() throws Exception {
    Settings withoutForm = read();
    for (Method method : ProvisionerConfig.class.getDeclaredMethods()) {
      if (!method.isSynthetic()) {
        properties.putIfAbsent(method.getName().replace('_', '.'), method.getDefaultValue());
      }
    }

    assertEquals(withoutForm, read());
  }

  @Test
  void shouldReadEverything() {
    properties.put("global.endpoint", "dps.plant.example:8443");
    properties.put("custom.payload", "{\"site\": {\"hall\": 3}}");
    properties.put("model.id", "dtmi:com:example:Gateway;1");
    properties.put("budget.at.once", 2);
    properties.put("budget.per.day", 0);
    properties.put("proxy.host", "proxy.plant.example");
    properties.put("proxy.port", 3128);
    properties.put("proxy.user", "gateway");
    properties.put("proxy.password", "open sesame");
    properties.put("connect.timeout.seconds", 5);
    properties.put("request.timeout.seconds", 6);
    properties.put("total.timeout.seconds", 7);

    Settings settings = read();

    assertEquals(new Endpoint("dps.plant.example", 8443), settings.endpoint());
    assertEquals(
        "{\"site\":{\"hall\":3},\"modelId\":\"dtmi:com:example:Gateway;1\"}",
        String.valueOf(settings.payload()));
    assertTrue(settings.budget().unlimited());
    assertEquals(
        new Proxy(new Endpoint("proxy.plant.example", 3128), "gateway", "open sesame"),
        settings.proxy());
    assertEquals(Duration.ofSeconds(5), settings.connectLimit());
    assertEquals(Duration.ofSeconds(6), settings.limits().request());
    assertEquals(Duration.ofSeconds(7), settings.limits().total());
  }

  @Test
  void shouldTakeACertificateInPlaceOfAKey() {
    properties.remove("symmetric.key");
    properties.put("attestation", "x509");
    properties.put("keystore.alias", "device");

    Settings settings = read();

    assertEquals(Attestation.X509, settings.attestation());
    assertEquals("device", settings.keystoreAlias());
    assertNull(settings.key());
  }

  /** A hand or a script writes as it likes, and REST sends numbers of another type. */
  @Test
  void shouldForgiveSpacesAndTypes() {
    properties.put("id.scope", " 0ne1 ");
    properties.put("budget.per.day", "5");
    properties.put("total.timeout.seconds", 90L);
    properties.put("symmetric.key", new Password(KEY + "\n"));

    Settings settings = read();

    assertEquals("0ne1", settings.registration().idScope());
    assertEquals(5, settings.budget().perDay());
    assertEquals(Duration.ofSeconds(90), settings.limits().total());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "null",
      value = {
        "id.scope | null | id.scope is missing",
        "id.scope | 0ne/1 | overview page",
        "registration.id | null | registration.id is missing",
        "registration.id | pump 7 | letters, digits and - . _ :",
        "registration.id | pump. | with a letter, digit or - at the end",
        "attestation | tpm | symmetric-key or x509",
        "symmetric.key | null | symmetric.key is missing",
        "symmetric.key | sesame! | not base64",
        "symmetric.key | c2hvcnQ= | 5 bytes",
        "global.endpoint | https://dps | without https://",
        "global.endpoint | dps:0 | host name or host:port",
        "global.endpoint | dps:65536 | host name or host:port",
        "custom.payload | north | JSON object",
        "custom.payload | [1] | JSON object",
        "custom.payload | {\"a\": | JSON object",
        "model.id | gateway | dtmi:com:example:Gateway;1",
        "budget.at.once | 0 | from 1 to 100",
        "budget.per.day | -1 | from 0 to 1000",
        "budget.per.day | many | from 0 to 1000",
        "budget.per.day | 2.5 | from 0 to 1000",
        "connect.timeout.seconds | 0 | from 1 to 300",
        "request.timeout.seconds | 301 | from 1 to 300",
        "total.timeout.seconds | 4 | from 5 to 3600",
        "total.timeout.seconds | 99999999999 | from 5 to 3600"
      })
  void shouldNameABadSettingAndWhatItAccepts(String name, String value, String expected) {
    if (value == null) {
      properties.remove(name);
    } else {
      properties.put(name, value);
    }

    SettingsReader.Reading reading = SettingsReader.read(properties, s -> s);

    assertEquals(Optional.empty(), reading.settings());
    assertTrue(reading.problem().startsWith(name + " "), reading.problem());
    assertTrue(reading.problem().contains(expected), reading.problem());
    assertFalse(reading.problem().contains("sesame"), "no secret: " + reading.problem());
  }

  @Test
  void shouldNameABadProxyOnlyWhereOneIsSet() {
    properties.put("proxy.port", 0);
    read();
    properties.put("proxy.host", "proxy.plant.example");

    String problem = SettingsReader.read(properties, s -> s).problem();

    assertTrue(problem.contains("proxy.port must be a whole number from 1 to 65535"), problem);
  }

  @Test
  void shouldNameAllThatIsWrongAtOnce() {
    String problem = SettingsReader.read(Map.of(), s -> s).problem();

    assertEquals(
        "id.scope is missing; registration.id is missing; symmetric.key is missing", problem);
  }

  @Test
  void shouldShowNoSecret() {
    properties.put("proxy.host", "proxy");
    properties.put("proxy.user", "gateway");
    properties.put("proxy.password", "open sesame");

    String text = read().toString();

    assertFalse(text.contains(KEY) || text.contains("sesame"), text);
  }

  /** Kura checks nothing on the way here. */
  @Property(tries = 300)
  void shouldNeverThrow(@ForAll("anything") Map<String, Object> anything) {
    SettingsReader.Reading reading = SettingsReader.read(anything, s -> s);

    assertEquals(reading.settings().isEmpty(), !reading.problem().isEmpty());
  }

  @Provide
  Arbitrary<Map<String, Object>> anything() {
    Arbitrary<String> names =
        Arbitraries.of(
            "id.scope",
            "registration.id",
            "attestation",
            "symmetric.key",
            "keystore.alias",
            "global.endpoint",
            "custom.payload",
            "model.id",
            "budget.at.once",
            "budget.per.day",
            "proxy.host",
            "proxy.port",
            "proxy.user",
            "proxy.password",
            "connect.timeout.seconds",
            "total.timeout.seconds");
    Arbitrary<Object> values =
        Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(20).map(s -> s),
            Arbitraries.integers().map(i -> i),
            Arbitraries.longs().map(l -> l),
            Arbitraries.doubles().map(d -> d),
            Arbitraries.of("x509", "{}", "a:1", KEY, true, "\u0000"));
    return Arbitraries.maps(names, values);
  }

  private Settings read() {
    SettingsReader.Reading reading = SettingsReader.read(properties, s -> s);
    return reading.settings().orElseThrow(() -> new AssertionError(reading.problem()));
  }
}
