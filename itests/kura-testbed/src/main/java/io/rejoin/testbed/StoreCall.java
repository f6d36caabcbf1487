/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.testbed;

/** A call of a message store, as far as {@link StoreFaults} tells them apart. */
public enum StoreCall {
  OPEN,
  STORE,
  NEXT,
  GET,
  MARK_PUBLISHED,
  MARK_CONFIRMED,
  COUNT,
  LIST,
  UNPUBLISH,
  DROP,
  PURGE
}
