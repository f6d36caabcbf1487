/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rejoin.retry.Failure;
import io.rejoin.retry.FailureKind;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One case a row of the table. */
class HubAnswersTest {

  @ParameterizedTest(name = "{0} {1} is {2}")
  @CsvSource({
    "400, 400027, DUPLICATE_IDENTITY",
    "400, 400029, SERVICE_MAINTENANCE",
    "400, 400030, SERVICE_MAINTENANCE",
    "400, 400004, UNKNOWN",
    "401, 401001, HUB_NOT_FOUND",
    "401, 401002, UNAUTHORIZED",
    "401, 401003, UNAUTHORIZED",
    "401, 0, UNAUTHORIZED",
    "403, 403001, HUB_SUSPENDED",
    "403, 403002, QUOTA_EXCEEDED",
    "403, 403004, FORBIDDEN",
    "403, 403006, FORBIDDEN",
    "403, 403010, FORBIDDEN",
    "403, 403012, DEVICE_DISABLED",
    "403, 0, FORBIDDEN",
    "404, 404001, DEVICE_NOT_FOUND",
    "404, 404012, HUB_FAILING_OVER",
    "404, 404103, UNKNOWN",
    "404, 404104, SERVICE_MAINTENANCE",
    "404, 0, UNKNOWN",
    "407, 0, PROXY_REFUSED",
    "409, 409002, SERVICE_MAINTENANCE",
    "412, 412002, UNKNOWN",
    "429, 429001, THROTTLED",
    "429, 429002, THROTTLED",
    "429, 429003, THROTTLED",
    "429, 429005, THROTTLED",
    "429, 0, THROTTLED",
    "500, 500001, SERVER_ERROR",
    "500, 0, SERVER_ERROR",
    "502, 0, SERVER_ERROR",
    "503, 503001, SERVER_ERROR",
    "503, 503005, SERVER_UNAVAILABLE",
    "503, 503006, SERVER_ERROR",
    "503, 503008, SERVER_UNAVAILABLE",
    "504, 504101, SERVER_ERROR",
    "302, 0, CAPTIVE_PORTAL",
    "200, 0, UNKNOWN",
    "418, 0, UNKNOWN",
    "0, 0, UNKNOWN",
  })
  void shouldKnowWhatAnAnswerMeans(int status, int subCode, FailureKind kind) {
    assertEquals(
        new Failure(kind, "detail", status, subCode, null),
        HubAnswers.failure(status, subCode, "detail", null));
  }

  @Test
  void shouldPassOnHowLongToWait() {
    Duration wait = Duration.ofSeconds(7);

    assertEquals(wait, HubAnswers.failure(429, 429001, "", wait).retryAfter());
  }

  @Test
  void shouldTakeA5xxForProofOfLifeOnlyWithTheHubsOwnCode() {
    assertTrue(HubAnswers.failure(503, 503001, "", null).provesServerAlive());
    assertFalse(HubAnswers.failure(503, 0, "", null).provesServerAlive());
  }
}
