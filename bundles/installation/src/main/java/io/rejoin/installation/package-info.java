/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * Says in the log why an installed Rejoin shows nothing. Compiled for Java 8, so that it starts
 * where the other bundles cannot.
 */
@NullMarked
package io.rejoin.installation;

import org.jspecify.annotations.NullMarked;
