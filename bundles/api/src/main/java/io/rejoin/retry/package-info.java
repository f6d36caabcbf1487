/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */

/**
 * How long to wait before the next attempt: the retry policy SPI and the model of a failure.
 *
 * <p>A bundle that registers a {@link io.rejoin.retry.RetryPolicy} service with a {@code
 * kura.service.pid} is offered in Kura's console wherever a connection asks for a policy.
 */
@Version("1.0.0")
@Export
@NullMarked
package io.rejoin.retry;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
