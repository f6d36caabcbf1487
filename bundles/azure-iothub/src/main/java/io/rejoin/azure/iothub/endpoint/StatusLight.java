/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.endpoint;

import org.eclipse.kura.status.CloudConnectionStatusComponent;
import org.eclipse.kura.status.CloudConnectionStatusEnum;
import org.eclipse.kura.status.CloudConnectionStatusService;
import org.jspecify.annotations.Nullable;

/**
 * The gateway's cloud LED: registered only while a connection is wanted, so that an unused endpoint
 * does not outvote another one; slow blinking while unconnected, on while connected. Thread-safe.
 */
final class StatusLight implements CloudConnectionStatusComponent {
  private @Nullable CloudConnectionStatusService service;
  private boolean wanted;
  private boolean registered;
  private volatile CloudConnectionStatusEnum status = CloudConnectionStatusEnum.OFF;

  synchronized void service(@Nullable CloudConnectionStatusService changed) {
    if (changed == service) {
      return;
    }
    CloudConnectionStatusService old = service;
    if (registered && old != null) {
      old.unregister(this);
      registered = false;
    }
    service = changed;
    show();
  }

  /** Drops this service if it is the one in use. */
  synchronized void without(CloudConnectionStatusService gone) {
    if (gone == service) {
      service(null);
    }
  }

  synchronized void show(boolean connectionWanted, boolean connected) {
    wanted = connectionWanted;
    status = connected ? CloudConnectionStatusEnum.ON : CloudConnectionStatusEnum.SLOW_BLINKING;
    show();
  }

  private void show() {
    CloudConnectionStatusService current = service;
    if (current == null) {
      return;
    }
    if (wanted && !registered) {
      current.register(this);
      registered = true;
    }
    if (!wanted && registered) {
      current.unregister(this);
      registered = false;
    }
    if (registered) {
      current.updateStatus(this, status);
    }
  }

  @Override
  public int getNotificationPriority() {
    return CloudConnectionStatusService.PRIORITY_LOW;
  }

  @Override
  public CloudConnectionStatusEnum getNotificationStatus() {
    return status;
  }

  @Override
  public void setNotificationStatus(CloudConnectionStatusEnum changed) {
    status = changed;
  }
}
