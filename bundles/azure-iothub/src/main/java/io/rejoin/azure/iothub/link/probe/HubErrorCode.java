/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.link.probe;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds IoT Hub's six-digit code in an answer. The hub tells it in three shapes: by name in the
 * header {@code iothub-errorcode}; by name in the body, as {@code ErrorCode:Name;}; by number in
 * JSON inside of a JSON string. Pure.
 */
final class HubErrorCode {
  private static final Pattern NUMBER =
      Pattern.compile("errorCode\\\\*\"?\\s*[:=]\\s*\\\\*\"?(\\d{6})\\b", Pattern.CASE_INSENSITIVE);
  private static final Pattern NAME =
      Pattern.compile(
          "errorCode\\\\*\"?\\s*[:=]\\s*\\\\*\"?([A-Za-z]+)\\b", Pattern.CASE_INSENSITIVE);

  /** The names that say something about a device, a hub or a moment, in lower case. */
  private static final Map<String, Integer> NUMBERS =
      Map.ofEntries(
          Map.entry("argumentinvalid", 400004),
          Map.entry("connectionforcefullyclosedonnewconnection", 400027),
          Map.entry("connectionforcefullyclosedonfaultinjection", 400029),
          Map.entry("connectionrejectedonfaultinjection", 400030),
          Map.entry("genericunauthorized", 401000),
          Map.entry("iothubnotfound", 401001),
          Map.entry("iothubunauthorizedaccess", 401002),
          Map.entry("iothubunauthorized", 401003),
          Map.entry("genericforbidden", 403000),
          Map.entry("iothubsuspended", 403001),
          Map.entry("iothubquotaexceeded", 403002),
          Map.entry("devicemaximumqueuedepthexceeded", 403004),
          Map.entry("operationnotavailableincurrenttier", 403010),
          Map.entry("devicedisabled", 403012),
          Map.entry("devicenotfound", 404001),
          Map.entry("iothubfailingover", 404012),
          Map.entry("deviceconnectionclosedremotely", 404104),
          Map.entry("linkcreationconflict", 409002),
          Map.entry("preconditionfailed", 412001),
          Map.entry("devicemessagelocklost", 412002),
          Map.entry("generictoomanyrequests", 429000),
          Map.entry("throttlingexception", 429001),
          Map.entry("throttlebackloglimitexceeded", 429002),
          Map.entry("throttlingbackloglimitexceeded", 429002),
          Map.entry("throttlingbacklogtimeout", 429003),
          Map.entry("devicethrottlinglimitexceeded", 429005),
          Map.entry("servererror", 500001),
          Map.entry("generictimeout", 500008),
          Map.entry("serviceunavailable", 503001),
          Map.entry("serverbusy", 503005),
          Map.entry("iothubrestoring", 503006),
          Map.entry("receivelinkopensthrottled", 503008),
          Map.entry("gatewaytimeout", 504101));

  private HubErrorCode() {}

  /**
   * The code, 0 when there is none.
   *
   * @param status the HTTP status, which is the code's first three digits: a code that does not fit
   *     it is not believed
   * @param header the value of {@code iothub-errorcode}, null when there was none
   */
  static int find(int status, @Nullable String header, String body) {
    int code = header == null ? 0 : number(header.strip());
    if (code == 0) {
      code = first(NUMBER, body);
    }
    if (code == 0) {
      code = first(NAME, body);
    }
    return code / 1000 == status ? code : 0;
  }

  private static int first(Pattern pattern, String body) {
    Matcher matcher = pattern.matcher(body);
    return matcher.find() ? number(matcher.group(1)) : 0;
  }

  private static int number(String nameOrNumber) {
    return nameOrNumber.matches("\\d{6}")
        ? Integer.parseInt(nameOrNumber)
        : NUMBERS.getOrDefault(nameOrNumber.toLowerCase(Locale.ROOT), 0);
  }
}
