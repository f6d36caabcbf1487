/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package org.eclipse.kura.system;

/** The kinds of things installed on a gateway. */
public enum SystemResourceType {
  BUNDLE,
  DP,
  RPM,
  DEB,
  DOCKER,
  CONTAINER_IMAGE,
  APK,
  UNKNOWN
}
