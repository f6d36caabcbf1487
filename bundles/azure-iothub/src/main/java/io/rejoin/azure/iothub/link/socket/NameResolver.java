/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.link.socket;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Looks names up; may block for as long as the name service takes. Asked anew for each attempt,
 * since a hub that fails over keeps its name and changes its address.
 */
@FunctionalInterface
public interface NameResolver {

  /** The JVM's own, which caches answers for {@code networkaddress.cache.ttl} seconds. */
  NameResolver JVM = InetAddress::getAllByName;

  /** All addresses of a name, at least one, in the order in which to try them. */
  InetAddress[] resolve(String name) throws UnknownHostException;
}
