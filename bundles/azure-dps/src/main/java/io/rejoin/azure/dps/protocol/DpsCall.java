/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.dps.protocol;

import org.jspecify.annotations.Nullable;

/**
 * One HTTP request. Immutable.
 *
 * @param method GET, PUT or POST
 * @param path path and query, escaped
 * @param body JSON, null for none
 */
public record DpsCall(String method, String path, @Nullable String body) {}
