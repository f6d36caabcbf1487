/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.link.probe;

import io.rejoin.azure.iothub.link.LinkSettings;
import java.util.concurrent.CompletionStage;

/** Asks a hub over HTTPS why it refused a device. */
public interface HubProbe {

  /**
   * Asks once; nothing here blocks. May be asked anew each time, but costs a busy hub as much as a
   * connection: ask rarely.
   *
   * @param settings those of the attempt that was refused
   * @return completed within about 10 s, never with an exception
   */
  CompletionStage<ProbeAnswer> ask(LinkSettings settings);
}
