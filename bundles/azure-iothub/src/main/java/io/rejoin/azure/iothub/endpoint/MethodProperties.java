/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.endpoint;

import java.util.Set;

/**
 * The properties of a message that is a direct method call, or the answer to one. Since wires pass
 * on metrics alone, a call has them as metrics too, and an answer may.
 */
public final class MethodProperties {
  /** The method's name. */
  public static final String NAME = "method.name";

  /** The number of the call; the answer carries it back. */
  public static final String REQUEST_ID = "method.request.id";

  /** The answer's status, in HTTP's manner; 200 when it is missing. */
  public static final String STATUS = "method.status";

  public static final Set<String> ALL = Set.of(NAME, REQUEST_ID, STATUS);

  private MethodProperties() {}
}
