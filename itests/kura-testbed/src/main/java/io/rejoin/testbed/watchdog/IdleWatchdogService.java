/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.testbed.watchdog;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.kura.watchdog.CriticalComponent;
import org.eclipse.kura.watchdog.WatchdogService;
import org.osgi.service.component.annotations.Component;

/**
 * The watchdog as Kura 5.6.0 is delivered: disabled. It knows its components and never restarts
 * anything.
 */
@SuppressWarnings("InlineMeSuggester")
@Component(name = "org.eclipse.kura.watchdog.WatchdogService", service = WatchdogService.class)
public final class IdleWatchdogService implements WatchdogService {
  private final List<CriticalComponent> components = new CopyOnWriteArrayList<>();

  @Override
  @Deprecated
  public void startWatchdog() {
    // as in Kura, where the configuration alone starts it
  }

  @Override
  @Deprecated
  public void stopWatchdog() {
    // as in Kura, where the configuration alone stops it
  }

  @Override
  public int getHardwareTimeout() {
    return 0;
  }

  @Override
  @Deprecated
  public void registerCriticalService(CriticalComponent criticalComponent) {
    registerCriticalComponent(criticalComponent);
  }

  @Override
  @Deprecated
  public void unregisterCriticalService(CriticalComponent criticalComponent) {
    unregisterCriticalComponent(criticalComponent);
  }

  @Override
  public void registerCriticalComponent(CriticalComponent criticalComponent) {
    components.add(criticalComponent);
  }

  @Override
  public void unregisterCriticalComponent(CriticalComponent criticalComponent) {
    components.remove(criticalComponent);
  }

  @Override
  public List<CriticalComponent> getCriticalComponents() {
    return List.copyOf(components);
  }

  @Override
  public void checkin(CriticalComponent criticalComponent) {
    // nobody waits for it
  }
}
