/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.gateway.agent;

import java.io.IOException;
import java.util.Collections;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationListener;

/**
 * Makes the Felix web console's form behave like Kura's: it replaces a configuration by the fields
 * it shows, where Kura merges them. What the form does not show, such as {@code kura.service.pid},
 * is put back.
 */
final class ConsoleEdits implements ConfigurationListener {

  private static final String KURA_PID = "kura.service.pid";

  private final ConfigurationAdmin configurations;
  private final Map<String, Map<String, Object>> known = new ConcurrentHashMap<>();

  ConsoleEdits(ConfigurationAdmin configurations) {
    this.configurations = configurations;
  }

  @Override
  public void configurationEvent(ConfigurationEvent event) {
    if (event.getType() == ConfigurationEvent.CM_DELETED) {
      known.remove(event.getPid());
      return;
    }
    try {
      Configuration[] found =
          configurations.listConfigurations("(service.pid=" + event.getPid() + ")");
      if (found != null) {
        remember(event.getPid(), found[0]);
      }
    } catch (IOException | InvalidSyntaxException e) {
      throw new IllegalStateException("the configuration of " + event.getPid(), e);
    }
  }

  private void remember(String pid, Configuration configuration) throws IOException {
    Map<String, Object> now = map(configuration.getProperties());
    Map<String, Object> before = known.get(pid);
    if (!now.containsKey(KURA_PID) && before != null) {
      Map<String, Object> merged = new HashMap<>(before);
      merged.putAll(now);
      configuration.update(new Hashtable<>(merged));
    } else if (now.containsKey(KURA_PID)) {
      known.put(pid, now);
    }
  }

  private static Map<String, Object> map(Dictionary<String, Object> properties) {
    Map<String, Object> map = new HashMap<>();
    for (String key : Collections.list(properties.keys())) {
      map.put(key, properties.get(key));
    }
    return map;
  }
}
