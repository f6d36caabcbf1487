/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.installation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.framework.BundleException;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.framework.wiring.FrameworkWiring;

/** In a framework of Kura's version, with bundles that lack what ours may lack on a gateway. */
class InstallationCheckTest {

  private static final String LOCATION = "test:";

  @TempDir Path storage;
  private Framework framework;

  @BeforeEach
  void startFramework() throws BundleException {
    framework =
        ServiceLoader.load(FrameworkFactory.class)
            .findFirst()
            .orElseThrow()
            .newFramework(Map.of("org.osgi.framework.storage", storage.toString()));
    framework.start();
  }

  @AfterEach
  void stopFramework() throws BundleException, InterruptedException {
    framework.stop();
    framework.waitForStop(10_000);
  }

  @Test
  void shouldNameTheMissingPackageAndThePackageThatBringsIt() throws Exception {
    install("io.rejoin.azure.iothub", "Import-Package", "io.rejoin.retry;version=\"[1.0,2)\"");

    assertEquals(
        List.of(
            "io.rejoin.azure.iothub 1.2.3 is installed and cannot start: it needs the package"
                + " io.rejoin.retry from 1.0.0 below 2.0.0, which nothing here provides (install the"
                + " package rejoin-retry-policies of the same version)"),
        diagnosis());
  }

  @Test
  void shouldSayThatAnotherJavaIsNeeded() throws Exception {
    install(
        "io.rejoin.api",
        "Require-Capability",
        "osgi.ee;filter:=\"(&(osgi.ee=JavaSE)(version=99))\"");

    assertEquals(1, diagnosis().size());
    assertTrue(diagnosis().get(0).contains("it needs Java 99, which"), diagnosis().toString());
  }

  @Test
  void shouldNameTheBundleOfOursThatKeepsAnotherFromStarting() throws Exception {
    install(
        "io.rejoin.api",
        "Export-Package",
        "io.rejoin.retry;version=\"1.0.0\"",
        "Import-Package",
        "nowhere");
    install("io.rejoin.azure.dps", "Import-Package", "io.rejoin.retry;version=\"[1.0,2)\"");

    assertTrue(
        diagnosis().get(1).endsWith("of io.rejoin.api, which cannot start either"),
        diagnosis().toString());
  }

  @Test
  void shouldSayNothingOfWhatResolvesNorOfWhatIsOptionalNorOfOthers() throws Exception {
    install("io.rejoin.api", "Import-Package", "nowhere;resolution:=optional");
    install(
        "io.rejoin.azure.dps",
        "Require-Capability",
        "osgi.service;filter:=\"(objectClass=x)\";effective:=active");
    install("com.example.other", "Import-Package", "nowhere");

    assertEquals(List.of(), diagnosis());
  }

  @ParameterizedTest
  @CsvSource({"1.8, 8", "11, 11", "17, 17", "21, 21"})
  void shouldReadTheRunningJavasRelease(String specificationVersion, int release) {
    assertEquals(release, JavaVersion.release(specificationVersion));
  }

  @Test
  void shouldComplainAboutJavaBelow17Only() {
    assertTrue(JavaVersion.complaint("1.8").contains("this gateway runs Java 8"));
    assertTrue(JavaVersion.complaint("16").contains("this gateway runs Java 16"));
    assertEquals("", JavaVersion.complaint("17"));
  }

  /** The class files of the check itself are what a Java 8 runtime can read. */
  @Test
  void shouldBeCompiledForJava8() throws IOException {
    for (Class<?> type :
        List.of(
            Activator.class,
            InstallationCheck.class,
            Diagnosis.class,
            Need.class,
            JavaVersion.class)) {
      try (InputStream in = type.getResourceAsStream(type.getSimpleName() + ".class")) {
        byte[] head = in.readNBytes(8);
        assertEquals(52, head[7], type + " has a class file version above 52");
      }
    }
  }

  private List<String> diagnosis() {
    var unused = framework.adapt(FrameworkWiring.class).resolveBundles(null);
    return Diagnosis.of(framework.getBundleContext().getBundles());
  }

  private void install(String symbolicName, String... headers) throws Exception {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Bundle-ManifestVersion", "2");
    main.putValue("Bundle-SymbolicName", symbolicName);
    main.putValue("Bundle-Version", "1.2.3");
    for (int i = 0; i < headers.length; i += 2) {
      main.putValue(headers[i], headers[i + 1]);
    }
    ByteArrayOutputStream jar = new ByteArrayOutputStream();
    new JarOutputStream(jar, manifest).close();
    framework
        .getBundleContext()
        .installBundle(LOCATION + symbolicName, new ByteArrayInputStream(jar.toByteArray()));
  }
}
