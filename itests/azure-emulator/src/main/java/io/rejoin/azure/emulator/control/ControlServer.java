/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.rejoin.azure.emulator.dps.DpsEmulator;
import io.rejoin.azure.emulator.hub.HubEmulator;
import io.rejoin.azure.emulator.hub.HubException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The control page on 127.0.0.1, for people and for scripts: plain HTTP, no authentication, so
 * never on another address. One request after another.
 */
public final class ControlServer implements AutoCloseable {
  private static final byte[] LOOPBACK = {127, 0, 0, 1};
  private static final String JSON = "application/json; charset=utf-8";
  private static final String TEXT = "text/plain; charset=utf-8";

  private final Map<String, HubEmulator> hubs;
  private final DpsEmulator dps;
  private final List<Command<HubEmulator>> hubCommands = HubCommands.all();
  private final List<Command<DpsEmulator>> dpsCommands = DpsCommands.all();
  private final HttpServer server;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(new DefaultThreadFactory("emulator-control", true));

  /**
   * Starts listening.
   *
   * @param hubs by the names that paths use
   * @param port 0 takes a free one
   * @throws IOException when the port cannot be had, saying which
   */
  public ControlServer(Map<String, HubEmulator> hubs, DpsEmulator dps, int port)
      throws IOException {
    this.hubs = new LinkedHashMap<>(hubs);
    this.dps = dps;
    try {
      this.server =
          HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port), 0);
    } catch (BindException e) {
      throw new IOException("cannot listen on 127.0.0.1:" + port + ": " + e.getMessage(), e);
    }
    server.createContext("/", this::handle);
    server.setExecutor(thread);
    server.start();
  }

  /** The page's address. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  @Override
  public void close() {
    server.stop(0);
    thread.shutdownNow();
  }

  private record Answer(int status, String type, String text) {}

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Answer answer = answer(exchange);
      byte[] bytes = answer.text().getBytes(UTF_8);
      exchange.getResponseHeaders().set("Content-Type", answer.type());
      exchange.sendResponseHeaders(answer.status(), bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private Answer answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    Map<String, String> parameters = parameters(exchange);
    try {
      return switch (exchange.getRequestMethod()) {
        case "GET" -> tell(path, parameters);
        case "POST" -> perform(path, parameters);
        default -> new Answer(405, TEXT, "GET or POST\n");
      };
    } catch (IllegalArgumentException | HubException e) {
      return new Answer(400, TEXT, e.getMessage() + "\n");
    } catch (IOException e) {
      return new Answer(500, TEXT, e.getMessage() + "\n");
    }
  }

  private Answer tell(String path, Map<String, String> parameters) {
    if (path.equals("/")) {
      return new Answer(200, "text/html; charset=utf-8", page());
    }
    if (path.equals("/status")) {
      return new Answer(200, JSON, Report.of(hubs, dps).toString());
    }
    String[] parts = path.split("/", -1);
    if (parts.length == 4 && parts[1].equals("hub") && parts[3].equals("messages")) {
      long from = new Parameters(parameters, Map.of("from", "0")).number("from", 0, Long.MAX_VALUE);
      return new Answer(200, JSON, Report.messages(hub(parts[2]), from).toString());
    }
    return new Answer(404, TEXT, "nothing at " + path + ", see /\n");
  }

  private Answer perform(String path, Map<String, String> parameters) throws IOException {
    String[] parts = path.split("/", -1);
    if (parts.length == 4 && parts[1].equals("hub")) {
      find(hubCommands, parts[3]).perform(hub(parts[2]), parameters);
    } else if (parts.length == 3 && parts[1].equals("dps")) {
      find(dpsCommands, parts[2]).perform(dps, parameters);
    } else {
      return new Answer(404, TEXT, "nothing at " + path + ", see /\n");
    }
    return new Answer(200, TEXT, "done\n");
  }

  private HubEmulator hub(String name) {
    HubEmulator hub = hubs.get(name);
    if (hub == null) {
      throw new IllegalArgumentException("no hub " + name + ", there are " + hubs.keySet());
    }
    return hub;
  }

  private static <T> Command<T> find(List<Command<T>> commands, String name) {
    return commands.stream()
        .filter(command -> command.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no command " + name + ", see /"));
  }

  private String page() {
    Map<String, String> sections = new LinkedHashMap<>();
    Map<String, List<? extends Command<?>>> commands = new HashMap<>();
    hubs.forEach(
        (name, hub) -> {
          sections.put("/hub/" + name, "Hub " + name + ": " + hub.hostName());
          commands.put("/hub/" + name, hubCommands);
        });
    sections.put("/dps", "Device Provisioning Service: id scope " + dps.idScope());
    commands.put("/dps", dpsCommands);
    return Page.html(sections, commands);
  }

  private static Map<String, String> parameters(HttpExchange exchange) throws IOException {
    Map<String, String> parameters = new HashMap<>();
    String query = exchange.getRequestURI().getRawQuery();
    String form = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    for (String text : new String[] {query == null ? "" : query, form.strip()}) {
      new QueryStringDecoder(text, false)
          .parameters()
          .forEach((name, values) -> parameters.put(name, values.get(0)));
    }
    return parameters;
  }
}
