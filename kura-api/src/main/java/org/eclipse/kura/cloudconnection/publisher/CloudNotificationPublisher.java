/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package org.eclipse.kura.cloudconnection.publisher;

import org.osgi.annotation.versioning.ProviderType;

/** A publisher through which long-running requests report their progress. */
@ProviderType
public interface CloudNotificationPublisher extends CloudPublisher {}
