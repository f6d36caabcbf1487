/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.link.probe;

import io.rejoin.retry.Failure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a hub answered when asked why it refused.
 *
 * @param failure its reason, or why it could not be asked; null when it accepted the device
 * @param clockSkew the hub's clock minus the gateway's, to about a second; null when it did not say
 */
public record ProbeAnswer(@Nullable Failure failure, @Nullable Duration clockSkew) {}
