/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.benchmarks;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.stream.Stream;

/**
 * The SDK and Paho from their own jars. Our bundle has them too, and its sockets in Paho's list of
 * services: what runs on those would not be the bare SDK.
 */
final class BareClasses extends URLClassLoader {
  static final BareClasses SHARED = new BareClasses();

  private BareClasses() {
    super(withoutOurBundle(), BareClasses.class.getClassLoader());
  }

  private static URL[] withoutOurBundle() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.contains("azure-iothub"))
        .map(BareClasses::url)
        .toArray(URL[]::new);
  }

  private static URL url(String entry) {
    try {
      return Path.of(entry).toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    boolean own =
        name.startsWith("com.microsoft.azure.")
            || name.startsWith("org.eclipse.paho.")
            || name.equals("io.rejoin.benchmarks.BareClient");
    if (!own) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? findClass(name) : loaded;
    }
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    return findResources(name);
  }

  @Override
  public URL getResource(String name) {
    return findResource(name);
  }
}
