/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.architecture;

import aQute.bnd.osgi.Domain;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import org.osgi.framework.Constants;

/** A bundle as it was built: its manifest, and the classes in it that are ours. */
record BuiltBundle(String name, Domain manifest, JavaClasses classes) {

  private static final String MANIFEST = "META-INF/MANIFEST.MF";
  private static final ImportOption OURS = location -> location.contains("/io/rejoin/");

  private static final List<BuiltBundle> ALL = read();

  /** Our bundles, as they lie on the class path: jars, or directories in an IDE. */
  static List<BuiltBundle> all() {
    return ALL;
  }

  private static List<BuiltBundle> read() {
    List<BuiltBundle> bundles = new ArrayList<>();
    try {
      for (URL url : Collections.list(loader().getResources(MANIFEST))) {
        Domain manifest = read(url);
        String name = symbolicName(manifest);
        if (name.startsWith("io.rejoin.") && !name.equals("io.rejoin.kura.api")) {
          bundles.add(new BuiltBundle(name, manifest, classesBeside(url)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bundles;
  }

  /** A bundle for the tests of the rules. */
  static BuiltBundle of(String manifest, Class<?>... classes) {
    Domain parsed = parse(manifest);
    return new BuiltBundle(
        symbolicName(parsed), parsed, new ClassFileImporter().importClasses(classes));
  }

  /** The packages of its classes. */
  Set<String> packages() {
    return classes.stream().map(type -> type.getPackageName()).collect(Collectors.toSet());
  }

  private static JavaClasses classesBeside(URL manifest) {
    String root =
        manifest.toString().substring(0, manifest.toString().length() - MANIFEST.length());
    return new ClassFileImporter()
        .withImportOption(OURS)
        .importLocations(List.of(Location.of(URI.create(root))));
  }

  private static String symbolicName(Domain manifest) {
    var name = manifest.getBundleSymbolicName();
    return name == null ? "" : name.getKey();
  }

  private static Domain read(URL url) throws IOException {
    try (InputStream in = url.openStream()) {
      return Domain.domain(new Manifest(in));
    }
  }

  private static Domain parse(String headers) {
    String text = Constants.BUNDLE_MANIFESTVERSION + ": 2\n" + headers + "\n";
    String versioned = "Manifest-Version: 1.0\n" + text;
    try {
      return Domain.domain(
          new Manifest(new ByteArrayInputStream(versioned.getBytes(StandardCharsets.UTF_8))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ClassLoader loader() {
    return BuiltBundle.class.getClassLoader();
  }
}
