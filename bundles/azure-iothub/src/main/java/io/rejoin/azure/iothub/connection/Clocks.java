/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.connection;

import io.rejoin.reconnect.Moment;
import java.util.concurrent.TimeUnit;

/** The gateway's two clocks. */
@FunctionalInterface
interface Clocks {

  /** The real ones. The monotonic one may stand still while the machine is suspended. */
  Clocks SYSTEM =
      () ->
          new Moment(TimeUnit.NANOSECONDS.toMillis(System.nanoTime()), System.currentTimeMillis());

  Moment now();
}
