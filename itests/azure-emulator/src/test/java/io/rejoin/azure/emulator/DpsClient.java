/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.rejoin.azure.emulator.dps.DpsEmulator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The device's side of the provisioning service, on the JDK's HTTP client. */
final class DpsClient {
  static final String VERSION = "?api-version=2021-06-01";

  private final HttpClient http;
  private final String root;
  private final String registrationId;
  private final @Nullable String token;

  DpsClient(AzureEmulator azure, SSLContext trust, String registrationId, @Nullable String token) {
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(trust)
            .connectTimeout(TestBed.SOON)
            .build();
    this.root = "https://127.0.1.4:" + azure.dps().port() + "/";
    this.registrationId = registrationId;
    this.token = token;
  }

  static DpsClient withKey(AzureEmulator azure, String registrationId, String base64Key) {
    String token = azure.dps().sasToken(registrationId, base64Key, Duration.ofHours(1));
    return new DpsClient(azure, azure.clientContext(), registrationId, token);
  }

  /** With the key of the registration's own enrolment. */
  static DpsClient of(AzureEmulator azure, String registrationId) {
    DpsEmulator dps = azure.dps();
    return withKey(azure, registrationId, dps.enrolment(registrationId).deviceKey(registrationId));
  }

  private String path(DpsEmulator dps) {
    return dps.idScope() + "/registrations/" + registrationId;
  }

  HttpResponse<String> register(DpsEmulator dps) throws Exception {
    return register(dps, "{\"registrationId\":\"" + registrationId + "\"}");
  }

  HttpResponse<String> register(DpsEmulator dps, String body) throws Exception {
    return send("PUT", path(dps) + "/register" + VERSION, body);
  }

  HttpResponse<String> poll(DpsEmulator dps, String operationId) throws Exception {
    return send("GET", path(dps) + "/operations/" + operationId + VERSION, "");
  }

  HttpResponse<String> lookup(DpsEmulator dps) throws Exception {
    return send("POST", path(dps) + VERSION, "{\"registrationId\":\"" + registrationId + "\"}");
  }

  /** Looks up, and does not wait for long. */
  void quick(DpsEmulator dps) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(root + path(dps) + VERSION))
            .timeout(Duration.ofMillis(200))
            .POST(BodyPublishers.noBody())
            .build();
    http.send(request, BodyHandlers.ofString());
  }

  /** Registers and polls to the end: the registration state. */
  JsonObject provision(DpsEmulator dps) throws Exception {
    return provision(dps, "{\"registrationId\":\"" + registrationId + "\"}");
  }

  JsonObject provision(DpsEmulator dps, String body) throws Exception {
    JsonObject accepted = json(register(dps, body));
    return json(poll(dps, accepted.get("operationId").getAsString()))
        .getAsJsonObject("registrationState");
  }

  HttpResponse<String> send(String method, String pathAndQuery, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(root + pathAndQuery))
            .timeout(TestBed.SOON)
            .header("Content-Type", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (token != null) {
      request.header("Authorization", token);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  static JsonObject json(HttpResponse<String> response) {
    return JsonParser.parseString(response.body()).getAsJsonObject();
  }
}
