/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.installation.it;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What a bundle may leave behind in the JVM. */
final class Probe {

  private Probe() {}

  static String locationOf(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation().getPath();
  }

  /** Threads of the add-on and of what it embeds, by name or by what they run. */
  static List<String> threadsOfTheAddOn() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(entry -> isOfTheAddOn(entry.getKey(), entry.getValue()))
        .map(entry -> entry.getKey().getName())
        .sorted()
        .toList();
  }

  private static boolean isOfTheAddOn(Thread thread, StackTraceElement[] stack) {
    ClassLoader loader = thread.getContextClassLoader();
    String type = thread.getClass().getName();
    String name = thread.getName().toLowerCase(java.util.Locale.ROOT);
    return Stream.of(stack)
            .map(StackTraceElement::getClassName)
            .anyMatch(
                name2 ->
                    name2.startsWith("io.rejoin.azure.iothub")
                        || name2.startsWith("io.rejoin.azure.dps")
                        || name2.startsWith("com.microsoft.")
                        || name2.startsWith("org.eclipse.paho"))
        || type.startsWith("com.microsoft.")
        || name.startsWith("rejoin")
        || name.startsWith("mqtt")
        || name.contains("azure-sdk")
        || String.valueOf(loader).contains("io.rejoin.azure");
  }

  /** Open sockets and files of this process, but for class path and JDK. */
  static int handles() throws IOException {
    try (Stream<Path> handles = Files.list(Path.of("/proc/self/fd"))) {
      return (int) handles.filter(Probe::isSocketOrDatabase).count();
    }
  }

  private static boolean isSocketOrDatabase(Path handle) {
    try {
      String target = Files.readSymbolicLink(handle).toString();
      return target.startsWith("socket:")
          || target.endsWith(".mv.db")
          || target.contains("assignment")
          || target.contains("/bundleFile");
    } catch (IOException e) {
      return false;
    }
  }

  static TreeSet<String> managementBeans() {
    TreeSet<String> names = new TreeSet<>();
    ManagementFactory.getPlatformMBeanServer()
        .queryNames(null, null)
        .forEach(name -> names.add(name.toString()));
    return names;
  }
}
