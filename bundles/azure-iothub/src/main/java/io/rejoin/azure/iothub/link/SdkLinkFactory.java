/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.link;

import io.rejoin.azure.iothub.message.CloudListener;

/** Opens links with Azure's device SDK. Needs no closing: its threads end when idle. */
public final class SdkLinkFactory implements LinkFactory {
  private final LinkRuntime runtime;

  public SdkLinkFactory(LinkRuntime runtime) {
    this.runtime = runtime;
  }

  @Override
  public HubLink open(LinkSettings settings, LinkListener listener, CloudListener cloud) {
    SdkLink link = new SdkLink(settings, listener, cloud, runtime);
    link.start();
    return link;
  }
}
