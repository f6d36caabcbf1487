/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.connection;

import io.rejoin.retry.RetryPolicy;

/**
 * A policy and the name under which an operator knows it.
 *
 * @param policy contained: never throws, answers sensibly
 * @param name its {@code kura.service.pid}, or why the built-in one is in its place
 */
record NamedPolicy(RetryPolicy policy, String name) {}
