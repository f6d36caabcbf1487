/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.gateway;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/**
 * Starts Equinox with Kura's list of bundles, the testbed in Kura's place, and the agent that does
 * the rest. System properties: {@code gateway.bundles}, the directory with the bundles; {@code
 * gateway.dp}, the package to install; {@code gateway.work}, a directory to write to; {@code
 * gateway.tour}, true for the tour; {@code gateway.restarts}, true for stopping and starting each
 * bundle with the web console's buttons; {@code gateway.json}, where the summary goes; {@code
 * gateway.console.port}, the web console's port; for a real Azure behind other names {@code
 * gateway.dps.endpoint}, {@code gateway.https.port} of the hub, {@code gateway.trust.store} and
 * {@code gateway.trust.password}.
 */
public final class LocalGateway {

  private static final String CONSOLE_PORT = "gateway.console.port";
  private static final String CLOUD_NETWORK = "gateway.cloud.network";
  private static final List<String> OTHER_AZURE =
      List.of(
          "gateway.dps.endpoint",
          "gateway.https.port",
          "gateway.trust.store",
          "gateway.trust.password");
  private static final String SCRIPT = "rejoin.gateway.script";

  private LocalGateway() {}

  public static void main(String[] arguments) throws Exception {
    int code;
    try {
      code = run();
    } catch (IllegalArgumentException | IOException e) {
      System.out.println("STOPPED  " + e.getMessage());
      code = 2;
    }
    System.out.flush();
    Runtime.getRuntime().halt(code);
  }

  private static int run()
      throws IOException, BundleException, InterruptedException, ExecutionException {
    Map<String, String> azure = Wishes.read(System.getenv());
    Path work = Path.of(System.getProperty("gateway.work"));
    Files.createDirectories(work);
    int port = consolePort();
    if (!azure.isEmpty()) {
      return run(configuration(work, port, azure), UnaryOperator.identity(), false, port);
    }
    // The local cloud is a new one each time: what a gateway remembers of the last is worthless.
    delete(work.resolve("kura"));
    try (LocalCloud cloud = LocalCloud.start(work, cloudNetwork())) {
      return run(configuration(work, port, cloud.properties()), cloud::command, true, port);
    }
  }

  private static int run(
      Map<String, String> configuration,
      UnaryOperator<String> cloud,
      boolean localCloud,
      int consolePort)
      throws IOException, BundleException, InterruptedException, ExecutionException {
    FrameworkFactory factory = ServiceLoader.load(FrameworkFactory.class).findFirst().orElseThrow();
    Framework framework = factory.newFramework(configuration);
    CompletableFuture<Integer> result = new CompletableFuture<>();
    framework.init();
    BundleContext context = framework.getBundleContext();
    Hashtable<String, Object> properties = new Hashtable<>(Map.of("rejoin.gateway", true));
    context.registerService(CompletableFuture.class, result, properties);
    if (localCloud) {
      context.registerService(UnaryOperator.class, cloud, properties);
    }
    context.addFrameworkListener(
        event -> {
          if (event.getType() == FrameworkEvent.ERROR) {
            System.out.println("Framework: " + event.getThrowable());
          }
        });
    Collection<Bundle> installed = install(context);
    framework.start();
    complainAboutIdle(installed);
    System.out.println(
        "Web console: http://127.0.0.1:"
            + consolePort
            + "/system/console/configMgr (admin, admin)");
    int code = result.get();
    framework.stop();
    framework.waitForStop(30_000);
    return code;
  }

  private static Collection<Bundle> install(BundleContext context)
      throws IOException, BundleException {
    Path directory = Path.of(System.getProperty("gateway.bundles"));
    Map<Path, Bundle> bundles = new LinkedHashMap<>();
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(directory, "*.jar")) {
      for (Path jar : jars) {
        if (!jar.getFileName().toString().startsWith("org.eclipse.osgi.jar")) {
          bundles.put(jar, context.installBundle(jar.toUri().toString()));
        }
      }
    }
    for (Bundle bundle : bundles.values()) {
      if (bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null) {
        bundle.start();
      }
    }
    return bundles.values();
  }

  private static void complainAboutIdle(Collection<Bundle> installed) {
    for (Bundle bundle : installed) {
      boolean fragment = bundle.getHeaders().get(Constants.FRAGMENT_HOST) != null;
      if (!fragment && bundle.getState() != Bundle.ACTIVE) {
        System.out.println("Bundle " + bundle.getSymbolicName() + " is not active");
      }
    }
  }

  private static Map<String, String> configuration(
      Path work, int consolePort, Map<String, String> more) {
    Map<String, String> configuration = new LinkedHashMap<>(more);
    configuration.put(Constants.FRAMEWORK_STORAGE, work.resolve("framework").toString());
    configuration.put(
        Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
    configuration.put("kura.home", work.resolve("kura").toString());
    // The web console's archive reads a JDK class that no bundle may import otherwise.
    configuration.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, "sun.nio.ch");
    configuration.put("org.osgi.service.http.port", Integer.toString(consolePort));
    configuration.put("org.apache.felix.http.host", "127.0.0.1");
    configuration.put("felix.webconsole.username", "admin");
    configuration.put("felix.webconsole.password", "admin");
    configuration.put("rejoin.gateway.dp", System.getProperty("gateway.dp"));
    if (Boolean.getBoolean("gateway.tour")) {
      configuration.put(SCRIPT, "TOUR");
    } else if (Boolean.getBoolean("gateway.restarts")) {
      configuration.put(SCRIPT, "RESTARTS");
    }
    configuration.put("rejoin.gateway.json", System.getProperty("gateway.json", ""));
    for (String name : OTHER_AZURE) {
      String value = System.getProperty(name);
      if (value != null) {
        configuration.putIfAbsent("rejoin." + name, value);
      }
    }
    return configuration;
  }

  private static void delete(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static String cloudNetwork() {
    String network = System.getProperty(CLOUD_NETWORK, "127.0.0");
    if (!network.matches("127\\.\\d{1,3}\\.\\d{1,3}")) {
      throw new IllegalArgumentException(
          CLOUD_NETWORK + " is " + network + ": give three numbers of loopback, such as 127.0.1");
    }
    return network;
  }

  private static int consolePort() throws IOException {
    int port = Integer.getInteger(CONSOLE_PORT, 8080);
    try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    } catch (BindException e) {
      throw new IllegalArgumentException(
          CONSOLE_PORT
              + " is "
              + port
              + ", which is taken: give a free one, -D"
              + CONSOLE_PORT
              + "=8081");
    }
  }
}
