/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
/** What a test asks of the testbed beyond Kura's own services: records, faults and order. */
@Version("1.0.0")
@Export
@NullMarked
package io.rejoin.testbed;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
