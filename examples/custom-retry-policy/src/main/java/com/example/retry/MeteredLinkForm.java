/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package com.example.retry;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What Kura's console shows. The id has to be the component's PID. */
@ObjectClassDefinition(
    id = MeteredLink.PID,
    name = "Retry policy: metered link",
    description = "Tries often while the link is down, and seldom once each attempt costs volume.")
interface MeteredLinkForm {

  @AttributeDefinition(
      name = "Delay while the link is down (s)",
      description = "Up to half of it is random. Attempts without a link cost nothing.",
      defaultValue = "30",
      min = "1",
      max = "3600")
  int linkDownSeconds();

  @AttributeDefinition(
      name = "Longest delay (s)",
      description =
          "Once the server answers, the delay doubles from 60 s up to this. Up to half of it is"
              + " random. Longer: less volume, back later.",
      defaultValue = "3600",
      min = "60",
      max = "86400")
  int longestSeconds();
}
