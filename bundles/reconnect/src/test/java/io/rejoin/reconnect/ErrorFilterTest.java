/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.reconnect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rejoin.retry.Failure;
import io.rejoin.retry.FailureKind;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The error filter as a table: a row for each failure, a column for each way of using it. */
class ErrorFilterTest {

  /** Kind, HTTP status, sub-code; recommended; documented with DPS; documented without. */
  private static final String TABLE =
      """
      NETWORK_DOWN                      0      0  LOCAL           COUNT        COUNT
      NAME_SERVICE_DOWN                 0      0  LOCAL           COUNT        COUNT
      NAME_NOT_FOUND                    0      0  COUNT           COUNT        COUNT
      CONNECTION_REFUSED                0      0  COUNT           COUNT        COUNT
      TIMED_OUT                         0      0  COUNT           COUNT        COUNT
      CONNECTION_CLOSED                 0      0  COUNT           COUNT        COUNT
      CONNECTION_SILENT                 0      0  COUNT           COUNT        COUNT
      CAPTIVE_PORTAL                  302      0  LOCAL           COUNT        COUNT
      PROXY_REFUSED                   403      0  LOCAL           COUNT        COUNT
      TLS_BROKEN                        0      0  COUNT           COUNT        COUNT
      CERTIFICATE_UNTRUSTED             0      0  PARK            PARK         PARK
      CERTIFICATE_NOT_YET_VALID         0      0  PARK            PARK         PARK
      PROTOCOL_UNSUPPORTED              0      0  PARK            PARK         PARK
      REFUSED                           0      0  ASK_WHY         REPROVISION  COUNT
      SERVER_UNAVAILABLE                0      0  ALIVE           COUNT        COUNT
      TOKEN_EXPIRED                     0      0  REOPEN          REOPEN       REOPEN
      HUB_NOT_FOUND                   401 401001  REPROVISION     REPROVISION  PARK
      DEVICE_NOT_FOUND                404 404001  REPROVISION     REPROVISION  PARK
      UNAUTHORIZED                    401 401003  LOOK_UP         REPROVISION  PARK
      DEVICE_DISABLED                 403 403012  PARK            REPROVISION  PARK
      QUOTA_EXCEEDED                  403 403002  UNTIL_MIDNIGHT  REPROVISION  COUNT
      HUB_SUSPENDED                   403 403001  PARK            REPROVISION  PARK
      FORBIDDEN                       403      0  PARK            REPROVISION  PARK
      HUB_FAILING_OVER                404 404012  ALIVE           REPROVISION  COUNT
      DUPLICATE_IDENTITY              400 400027  PARK            COUNT        COUNT
      SERVICE_MAINTENANCE             400 400029  ALIVE           COUNT        COUNT
      SERVICE_MAINTENANCE             404 404104  ALIVE           REPROVISION  COUNT
      SERVICE_MAINTENANCE             409 409002  ALIVE           COUNT        COUNT
      THROTTLED                       429 429001  ALIVE           COUNT        COUNT
      SERVER_ERROR                    500      0  COUNT           COUNT        COUNT
      SERVER_ERROR                    503 503001  ALIVE           COUNT        COUNT
      CLOCK_WRONG                       0      0  PARK            PARK         PARK
      OWN_CERTIFICATE_EXPIRED           0      0  PARK            PARK         PARK
      OWN_CERTIFICATE_NOT_YET_VALID     0      0  PARK            PARK         PARK
      MISCONFIGURED                     0      0  PARK            PARK         PARK
      ID_SCOPE_UNKNOWN                404      0  PARK            PARK         PARK
      REGISTRATION_UNKNOWN            404      0  PARK            PARK         PARK
      ENROLMENT_DISABLED              403      0  PARK            PARK         PARK
      PROVISIONING_UNAUTHORIZED       401      0  PARK            PARK         PARK
      PROVISIONING_FAILED               0      0  LOCAL           COUNT        COUNT
      PROVISIONING_BUDGET_EMPTY         0      0  LOCAL           COUNT        COUNT
      UNKNOWN                           0      0  COUNT           COUNT        COUNT
      UNKNOWN                         401      0  COUNT           REPROVISION  COUNT
      UNKNOWN                         403      0  COUNT           REPROVISION  COUNT
      UNKNOWN                         404      0  COUNT           REPROVISION  COUNT
      UNKNOWN                         418      0  COUNT           COUNT        COUNT
      """;

  static Stream<Arguments> rows() {
    return TABLE
        .lines()
        .map(line -> line.trim().split(" +"))
        .map(
            cells ->
                Arguments.of(
                    new Failure(
                        FailureKind.valueOf(cells[0]),
                        "",
                        Integer.parseInt(cells[1]),
                        Integer.parseInt(cells[2]),
                        null),
                    Reaction.valueOf(cells[3]),
                    Reaction.valueOf(cells[4]),
                    Reaction.valueOf(cells[5])));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void shouldReactAsTheTableSays(
      Failure failure, Reaction recommended, Reaction documented, Reaction withoutDps) {
    assertEquals(recommended, reaction(failure, Settings.recommended(), true));
    assertEquals(recommended, reaction(failure, Settings.recommended(), false));
    assertEquals(documented, reaction(failure, Settings.documented(), true));
    assertEquals(withoutDps, reaction(failure, Settings.documented(), false));
  }

  @Test
  void shouldHaveARowForEachKindOfFailure() {
    Set<FailureKind> kinds =
        TABLE
            .lines()
            .map(line -> FailureKind.valueOf(line.substring(0, line.indexOf(' '))))
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(FailureKind.class)));
    assertEquals(EnumSet.copyOf(Arrays.asList(FailureKind.values())), kinds);
  }

  private static Reaction reaction(Failure failure, SettingsBuilder builder, boolean provisioned) {
    return ErrorFilter.reaction(failure, builder.provisioned(provisioned).build());
  }
}
