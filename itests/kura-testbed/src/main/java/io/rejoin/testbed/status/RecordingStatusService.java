/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.testbed.status;

import io.rejoin.testbed.StatusRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.kura.status.CloudConnectionStatusComponent;
import org.eclipse.kura.status.CloudConnectionStatusEnum;
import org.eclipse.kura.status.CloudConnectionStatusService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * The LED, as in Kura 5.6.0: the component of the highest priority decides, one of {@link
 * CloudConnectionStatusService#PRIORITY_MIN} never does, a component without a status counts as
 * off, and an exception of a component makes {@link #updateStatus} false.
 */
@Component(
    name = "org.eclipse.kura.status.CloudConnectionStatusService",
    service = {CloudConnectionStatusService.class, StatusRecord.class})
public final class RecordingStatusService implements CloudConnectionStatusService, StatusRecord {
  private final Set<CloudConnectionStatusComponent> components = new HashSet<>();
  private final List<CloudConnectionStatusEnum> shown = new ArrayList<>();

  @Activate
  public RecordingStatusService() {
    show();
  }

  @Override
  public synchronized void register(CloudConnectionStatusComponent component) {
    components.add(component);
    show();
  }

  @Override
  public synchronized void unregister(CloudConnectionStatusComponent component) {
    components.remove(component);
    show();
  }

  @Override
  public synchronized boolean updateStatus(
      CloudConnectionStatusComponent component, CloudConnectionStatusEnum status) {
    try {
      component.setNotificationStatus(status);
      show();
      return true;
    } catch (RuntimeException e) {
      return false;
    }
  }

  @Override
  public synchronized List<CloudConnectionStatusEnum> shown() {
    return List.copyOf(shown);
  }

  private void show() {
    CloudConnectionStatusEnum status =
        components.stream()
            .filter(component -> component.getNotificationPriority() > PRIORITY_MIN)
            .max(Comparator.comparingInt(CloudConnectionStatusComponent::getNotificationPriority))
            .map(CloudConnectionStatusComponent::getNotificationStatus)
            .orElse(CloudConnectionStatusEnum.OFF);
    if (shown.isEmpty() || shown.get(shown.size() - 1) != status) {
      shown.add(status);
    }
  }
}
