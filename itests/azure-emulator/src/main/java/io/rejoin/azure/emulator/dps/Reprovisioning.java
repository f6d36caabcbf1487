/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator.dps;

/** What happens when a device registers again and its enrolment now says another hub. */
public enum Reprovisioning {
  /** It moves, with its twin; the old hub forgets it. */
  MIGRATE,
  /** It moves, with a new twin; the old hub forgets it. */
  RESET,
  /** It stays where it was first assigned. */
  NEVER
}
