/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package org.eclipse.kura.clock;

import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;
import org.osgi.service.event.Event;

/** The gateway's clock was synchronised: wall times before and after may differ a lot. */
@ProviderType
public class ClockEvent extends Event {
  public static final String CLOCK_EVENT_TOPIC = "org/eclipse/kura/clock";

  public ClockEvent(Map<String, ?> properties) {
    super(CLOCK_EVENT_TOPIC, properties);
  }
}
