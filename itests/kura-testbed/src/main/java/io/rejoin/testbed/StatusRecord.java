/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.testbed;

import java.util.List;
import org.eclipse.kura.status.CloudConnectionStatusEnum;

/** What the gateway's LED showed; a service of the testbed. */
public interface StatusRecord {

  /** Each state shown since the start, in order, without repetitions. */
  List<CloudConnectionStatusEnum> shown();
}
