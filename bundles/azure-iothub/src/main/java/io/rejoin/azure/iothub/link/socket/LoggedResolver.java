/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.link.socket;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs what names lead to: at INFO when the addresses are others than before, as after a failover
 * of the hub, else at DEBUG. Remembers nothing but what it said: each name is looked up each time.
 */
public final class LoggedResolver implements NameResolver {
  private static final Logger logger = LoggerFactory.getLogger(LoggedResolver.class);

  private final NameResolver names;
  private final Map<String, Set<InetAddress>> told = new ConcurrentHashMap<>();

  public LoggedResolver(NameResolver names) {
    this.names = names;
  }

  @Override
  public InetAddress[] resolve(String name) throws UnknownHostException {
    InetAddress[] found = names.resolve(name);
    List<String> addresses = Arrays.stream(found).map(InetAddress::getHostAddress).toList();
    Set<InetAddress> now = Set.copyOf(Arrays.asList(found));
    Set<InetAddress> before = told.put(name, now);
    if (before == null) {
      logger.info("{} is at {}", name, addresses);
    } else if (before.equals(now)) {
      logger.debug("{} is at {}", name, addresses);
    } else {
      logger.info("{} is at {} now, before at other addresses", name, addresses);
    }
    return found;
  }
}
