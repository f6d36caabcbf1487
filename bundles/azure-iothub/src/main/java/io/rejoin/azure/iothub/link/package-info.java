/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * The link to one hub: Azure's SDK behind a few small interfaces. No type of the SDK is to be seen
 * outside this package.
 */
@NullMarked
package io.rejoin.azure.iothub.link;

import org.jspecify.annotations.NullMarked;
