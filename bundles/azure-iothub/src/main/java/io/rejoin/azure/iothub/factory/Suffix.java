/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.factory;

import io.rejoin.azure.iothub.endpoint.IotHubEndpoint;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;

/**
 * What tells the components of one connection from those of another: the part of the endpoint's pid
 * behind the dash. Kura's console names each tab after the part of a pid behind its last dot, hence
 * pids such as {@code io.rejoin.azure.iothub.MessageStore-line7}.
 */
record Suffix(String value) {
  static final String PID_DEFAULT = IotHubEndpoint.PID + "-1";
  static final String PID_REGEX = "^io\\.rejoin\\.azure\\.iothub\\.CloudEndpoint-[a-zA-Z0-9]+$";

  private static final Pattern PATTERN =
      Pattern.compile(Pattern.quote(IotHubEndpoint.PID) + "-([a-zA-Z0-9]+)");

  static Suffix of(String endpointPid) throws KuraException {
    Matcher matcher = PATTERN.matcher(endpointPid);
    if (!matcher.matches()) {
      throw new KuraException(
          KuraErrorCode.INVALID_PARAMETER,
          endpointPid + ": give " + IotHubEndpoint.PID + "-NAME, NAME of letters and digits");
    }
    return new Suffix(matcher.group(1));
  }

  String on(String pid) {
    return pid + "-" + value;
  }
}
