/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator.hub;

import com.google.gson.JsonObject;
import io.rejoin.azure.emulator.net.HttpReply;
import java.time.Instant;
import java.util.UUID;

/** The forms in which Azure tells an error over HTTPS, all of which were seen in public reports. */
public enum ErrorShape {
  /** Header {@code iothub-errorcode} with the name, and a body without it. */
  NAME_IN_HEADER {
    @Override
    HttpReply reply(HubError error, String detail, Instant now) {
      return HttpReply.json(error.status(), body(detail, tracking(now)))
          .with("iothub-errorcode", error.title());
    }
  },
  /** {@code {"Message":"ErrorCode:Name;...","ExceptionMessage":"Tracking ID:..."}}. */
  NAME_IN_BODY {
    @Override
    HttpReply reply(HubError error, String detail, Instant now) {
      String message = "ErrorCode:" + error.title() + ";" + detail;
      return HttpReply.json(error.status(), body(message, tracking(now)));
    }
  },
  /** The message is JSON itself, as a string, and holds the number. */
  NUMBER_IN_BODY {
    @Override
    HttpReply reply(HubError error, String detail, Instant now) {
      JsonObject message = new JsonObject();
      message.addProperty("errorCode", error.number());
      message.addProperty("trackingId", UUID.randomUUID().toString().replace("-", ""));
      message.addProperty("message", detail);
      message.addProperty("timestampUtc", now.toString());
      return HttpReply.json(error.status(), body(message.toString(), ""));
    }
  },
  /** The HTTP status alone, from which no client can tell more. */
  STATUS_ONLY {
    @Override
    HttpReply reply(HubError error, String detail, Instant now) {
      return HttpReply.status(error.status());
    }
  };

  abstract HttpReply reply(HubError error, String detail, Instant now);

  private static String body(String message, String exceptionMessage) {
    JsonObject body = new JsonObject();
    body.addProperty("Message", message);
    body.addProperty("ExceptionMessage", exceptionMessage);
    return body.toString();
  }

  private static String tracking(Instant now) {
    String id = UUID.randomUUID().toString().replace("-", "");
    return "Tracking ID:" + id + "-G:0-TimeStamp:" + now;
  }
}
