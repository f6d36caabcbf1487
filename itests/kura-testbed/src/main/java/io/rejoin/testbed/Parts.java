/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.testbed;

/** Takes parts of Kura away and gives them back, in any order; a service of the testbed. */
public interface Parts {

  /** Takes a part away; returns when its services are gone. */
  void withhold(Part part);

  /** Gives a part back; returns when its components have been looked at. */
  void provide(Part part);
}
