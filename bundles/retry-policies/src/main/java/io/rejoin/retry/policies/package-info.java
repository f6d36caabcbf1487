/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * The shipped retry policies. Each is an immutable value that decides (a record, such as {@link
 * io.rejoin.retry.policies.ExponentialBackoff}), a component that turns Kura's configuration into
 * such a value, and the form that Kura's console shows for it.
 */
@NullMarked
package io.rejoin.retry.policies;

import org.jspecify.annotations.NullMarked;
