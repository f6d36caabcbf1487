/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package org.eclipse.kura.declared;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertIterableEquals;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each type declared here is the one of Kura 5.6.0, member by member: a bundle that compiles
 * against this module links on a gateway.
 */
class DeclaredTypesTest {

  /** Kura's {@code @ConsumerType}s; all its other interfaces and classes are provider types. */
  private static final Set<String> CONSUMER_TYPES =
      Set.of(
          "org.eclipse.kura.cloudconnection.listener.CloudConnectionListener",
          "org.eclipse.kura.cloudconnection.listener.CloudDeliveryListener",
          "org.eclipse.kura.cloudconnection.subscriber.listener.CloudSubscriberListener",
          "org.eclipse.kura.configuration.ConfigurableComponent",
          "org.eclipse.kura.connection.listener.ConnectionListener",
          "org.eclipse.kura.ssl.SslServiceListener",
          "org.eclipse.kura.status.CloudConnectionStatusComponent",
          "org.eclipse.kura.watchdog.CriticalComponent");

  static List<Class<?>> publicTypes() {
    return Declared.publicTypes();
  }

  @Test
  void shouldDeclareTheTypesOfTheListAndNoOther() {
    assertEquals(
        Declared.kurasTypes().keySet(),
        publicTypes().stream().map(Class::getName).collect(Collectors.toCollection(TreeSet::new)));
  }

  @Test
  void shouldLeaveOutWhatIsListedAsLeftOut() {
    Set<String> declared = publicTypes().stream().map(Class::getName).collect(Collectors.toSet());
    Set<String> packages =
        publicTypes().stream().map(Class::getPackageName).collect(Collectors.toSet());
    List<String> wronglyListed =
        Declared.lines("types-left-out.txt").stream()
            .filter(
                name ->
                    declared.contains(name)
                        || !packages.contains(name.substring(0, name.lastIndexOf('.'))))
            .toList();
    assertEquals(List.of(), wronglyListed);
  }

  @ParameterizedTest
  @MethodSource("publicTypes")
  void shouldHaveKurasHeadingAndMembers(Class<?> type) {
    List<String> kuras =
        Declared.kurasTypes().getOrDefault(type.getName(), List.of("no such type"));
    assertEquals(kuras.get(0), JavapText.heading(type));
    SortedSet<String> members =
        kuras.stream().skip(1).map(String::strip).collect(Collectors.toCollection(TreeSet::new));
    assertEquals(String.join("\n", members), String.join("\n", JavapText.members(type)));
  }

  @ParameterizedTest
  @MethodSource("publicTypes")
  void shouldKeepTheOrderOfEnumConstants(Class<?> type) {
    if (!type.isEnum()) {
      return;
    }
    List<String> kuras =
        Declared.kurasTypes().get(type.getName()).stream()
            .filter(line -> line.contains("static final " + type.getName() + " "))
            .map(line -> line.replaceFirst("^.* (\\w+);$", "$1"))
            .toList();
    assertEquals(
        kuras, List.of(type.getEnumConstants()).stream().map(c -> ((Enum<?>) c).name()).toList());
  }

  @Test
  void shouldHaveKurasConstants() throws IllegalAccessException {
    SortedSet<String> values = new TreeSet<>();
    for (Class<?> type : publicTypes()) {
      for (Field field : type.getFields()) {
        if (field.getDeclaringClass() == type && !field.isEnumConstant()) {
          values.add(type.getName() + "." + field.getName() + "=" + field.get(null));
        }
      }
    }
    assertIterableEquals(Declared.entries("constants.properties"), values);
  }

  /** Decides the import range of a bundle that implements the type. */
  @ParameterizedTest
  @MethodSource("publicTypes")
  void shouldMarkConsumerAndProviderTypesAsKuraDoes(Class<?> type) throws IOException {
    String code = Files.readString(Declared.classFile(type), ISO_8859_1);
    boolean consumer = CONSUMER_TYPES.contains(type.getName());
    assertEquals(consumer, code.contains("Lorg/osgi/annotation/versioning/ConsumerType;"));
    assertEquals(
        !consumer && !type.isEnum(),
        code.contains("Lorg/osgi/annotation/versioning/ProviderType;"));
  }

  @Test
  void shouldExportThePackagesWithKurasVersions() throws IOException {
    try (var in =
        Files.newInputStream(Declared.classesDirectory().resolve("META-INF/MANIFEST.MF"))) {
      Attributes manifest = new Manifest(in).getMainAttributes();
      SortedSet<String> exports = new TreeSet<>();
      var clause = Pattern.compile("([\\w.]+);version=\"([^\"]+)\"");
      clause
          .matcher(manifest.getValue("Export-Package"))
          .results()
          .forEach(found -> exports.add(found.group(1) + "=" + found.group(2)));
      assertIterableEquals(Declared.entries("package-versions.properties"), exports);
    }
  }
}
