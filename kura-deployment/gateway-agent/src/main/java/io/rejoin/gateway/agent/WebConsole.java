/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.gateway.agent;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.osgi.framework.Bundle;

/**
 * The buttons "Stop" and "Start" of the Felix web console's page of bundles, pressed as its script
 * does: a form posted to the bundle's address, with the operator's name and password. The console
 * answers with the state that the bundle is in then, also when it could not do what was asked.
 */
final class WebConsole {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(LIMIT).build();
  private final String address;
  private final String authorization;

  /**
   * @param port of the console on 127.0.0.1
   * @param credentials name and password, separated by a colon
   */
  WebConsole(int port, String credentials) {
    this.address = "http://127.0.0.1:" + port + "/system/console/bundles/";
    this.authorization =
        "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Returns when the bundle is stopped.
   *
   * @throws IllegalStateException when the console refuses, or the bundle is not stopped then
   */
  void stop(Bundle bundle) throws IOException, InterruptedException {
    press("stop", bundle, Bundle.RESOLVED);
  }

  /**
   * Returns when the bundle is active.
   *
   * @throws IllegalStateException when the console refuses, or the bundle is not active then
   */
  void start(Bundle bundle) throws IOException, InterruptedException {
    press("start", bundle, Bundle.ACTIVE);
  }

  private void press(String action, Bundle bundle, int expected)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + bundle.getBundleId()))
            .header("Authorization", authorization)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .timeout(LIMIT)
            .POST(BodyPublishers.ofString("action=" + action))
            .build();
    HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
    String done = "{\"fragment\":false,\"stateRaw\":" + expected + "}";
    if (response.statusCode() != 200 || !response.body().equals(done)) {
      throw new IllegalStateException(
          "the web console was asked to "
              + action
              + " "
              + bundle.getSymbolicName()
              + " and answered "
              + response.statusCode()
              + " "
              + response.body());
    }
  }
}
