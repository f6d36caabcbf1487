/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package org.eclipse.kura.watchdog;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Restarts the gateway when a critical component is silent for too long; disabled by default. */
@ProviderType
public interface WatchdogService {
  @Deprecated
  void startWatchdog();

  @Deprecated
  void stopWatchdog();

  /** Returns the time after which the hardware restarts the gateway, in milliseconds. */
  int getHardwareTimeout();

  /** Use {@link #registerCriticalComponent}. */
  @Deprecated
  void registerCriticalService(CriticalComponent criticalComponent);

  /** Use {@link #unregisterCriticalComponent}. */
  @Deprecated
  void unregisterCriticalService(CriticalComponent criticalComponent);

  void registerCriticalComponent(CriticalComponent criticalComponent);

  void unregisterCriticalComponent(CriticalComponent criticalComponent);

  List<CriticalComponent> getCriticalComponents();

  /** A sign of life. */
  void checkin(CriticalComponent criticalComponent);
}
