/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package org.eclipse.kura.ssl;

import org.osgi.annotation.versioning.ConsumerType;

/** Told, as a registered service, that certificates or settings of TLS changed. */
@ConsumerType
public interface SslServiceListener {
  void onConfigurationUpdated();
}
