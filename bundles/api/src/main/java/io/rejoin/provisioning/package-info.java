/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */

/**
 * Where a device belongs and how it proves who it is: the provisioning SPI.
 *
 * <p>A connection decides <em>when</em> to ask; a {@link io.rejoin.provisioning.Provisioner}
 * carries the question out.
 */
@Version("1.0.0")
@Export
@NullMarked
package io.rejoin.provisioning;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
