/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.link.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HubErrorCodeTest {

  @ParameterizedTest
  @CsvSource({
    "404, DeviceNotFound, 404001",
    "429, ThrottlingBacklogTimeout, 429003",
    "401, IotHubUnauthorizedAccess, 401002",
    "401, iothubunauthorized, 401003",
    "403, 403002, 403002",
    "404, SomethingNew, 0",
  })
  void shouldReadTheHeader(int status, String header, int code) {
    assertEquals(code, HubErrorCode.find(status, header, ""));
  }

  /** As in azure-iot-sdk-c #246. */
  @Test
  void shouldReadANameInTheBody() {
    String body =
        "{\"Message\":\"ErrorCode:IotHubUnauthorizedAccess;Unauthorized\","
            + "\"ExceptionMessage\":\"Tracking ID:1-G:0-TimeStamp:07/28/2017 10:25:00\"}";

    assertEquals(401002, HubErrorCode.find(401, null, body));
  }

  /** As the .NET SDK's GetIotHubErrorCodeAsync expects it. */
  @Test
  void shouldReadANumberInJsonInAString() {
    String body =
        "{\"Message\":\"{\\\"errorCode\\\":404001,\\\"trackingId\\\":\\\"123456\\\"}\","
            + "\"ExceptionMessage\":\"\"}";

    assertEquals(404001, HubErrorCode.find(404, null, body));
  }

  @Test
  void shouldReadANumberInPlainJson() {
    assertEquals(503006, HubErrorCode.find(503, null, "{\"errorCode\": \"503006\"}"));
  }

  @Test
  void shouldNotBelieveACodeThatDoesNotFitTheStatus() {
    assertEquals(0, HubErrorCode.find(502, "DeviceNotFound", ""));
  }

  @Test
  void shouldFindNothingInSomebodyElsesPage() {
    assertEquals(0, HubErrorCode.find(401, null, "<html><h1>Please log in</h1></html>"));
    assertEquals(0, HubErrorCode.find(404, "", ""));
  }
}
