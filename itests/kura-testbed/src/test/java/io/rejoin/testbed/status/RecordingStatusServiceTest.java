/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.testbed.status;

import static org.eclipse.kura.status.CloudConnectionStatusEnum.FAST_BLINKING;
import static org.eclipse.kura.status.CloudConnectionStatusEnum.OFF;
import static org.eclipse.kura.status.CloudConnectionStatusEnum.ON;
import static org.eclipse.kura.status.CloudConnectionStatusEnum.SLOW_BLINKING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.eclipse.kura.status.CloudConnectionStatusComponent;
import org.eclipse.kura.status.CloudConnectionStatusEnum;
import org.eclipse.kura.status.CloudConnectionStatusService;
import org.junit.jupiter.api.Test;

class RecordingStatusServiceTest {
  private final RecordingStatusService service = new RecordingStatusService();

  @Test
  void shouldShowTheComponentOfTheHighestPriority() {
    Component low = new Component(CloudConnectionStatusService.PRIORITY_LOW);
    Component high = new Component(CloudConnectionStatusService.PRIORITY_HIGH);
    service.register(low);
    service.updateStatus(low, ON);
    service.register(high);
    service.updateStatus(high, FAST_BLINKING);

    service.updateStatus(low, SLOW_BLINKING);
    service.unregister(high);

    // A component that has no status yet counts as off.
    assertEquals(List.of(OFF, ON, OFF, FAST_BLINKING, SLOW_BLINKING), service.shown());
  }

  @Test
  void shouldNotShowTheLowestPriority() {
    Component never = new Component(CloudConnectionStatusService.PRIORITY_MIN);
    service.register(never);

    service.updateStatus(never, ON);

    assertEquals(List.of(OFF), service.shown());
  }

  @Test
  void shouldSurviveAComponentThatThrows() {
    CloudConnectionStatusComponent broken =
        new Component(CloudConnectionStatusService.PRIORITY_LOW) {
          @Override
          public void setNotificationStatus(CloudConnectionStatusEnum status) {
            throw new IllegalStateException();
          }
        };

    assertFalse(service.updateStatus(broken, ON));
  }

  private static class Component implements CloudConnectionStatusComponent {
    private final int priority;
    private CloudConnectionStatusEnum status;

    Component(int priority) {
      this.priority = priority;
    }

    @Override
    public int getNotificationPriority() {
      return priority;
    }

    @Override
    public CloudConnectionStatusEnum getNotificationStatus() {
      return status;
    }

    @Override
    public void setNotificationStatus(CloudConnectionStatusEnum status) {
      this.status = status;
    }
  }
}
