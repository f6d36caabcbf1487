/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.publisher;

import io.rejoin.azure.iothub.endpoint.MethodProperties;
import io.rejoin.azure.iothub.message.DirectMethodAnswer;
import io.rejoin.azure.iothub.payload.JsonPayloads;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.message.KuraPayload;
import org.jspecify.annotations.Nullable;

/** Answers to direct methods, as Kura's messages carry them: see {@link MethodProperties}. */
final class MethodAnswers {
  private static final int DONE = 200;

  private MethodAnswers() {}

  /**
   * The call that a message answers.
   *
   * @throws KuraException if it does not say
   */
  static String requestId(KuraMessage message) throws KuraException {
    Object id = value(message, MethodProperties.REQUEST_ID);
    if (id == null) {
      throw new KuraException(
          KuraErrorCode.BAD_REQUEST,
          null,
          "the answer to a direct method needs the property or metric "
              + MethodProperties.REQUEST_ID
              + " of the call");
    }
    return String.valueOf(id);
  }

  static DirectMethodAnswer answer(KuraMessage message) throws KuraException {
    return new DirectMethodAnswer(
        status(value(message, MethodProperties.STATUS)),
        JsonPayloads.toJson(message.getPayload(), MethodProperties.ALL));
  }

  private static int status(@Nullable Object value) throws KuraException {
    if (value == null) {
      return DONE;
    }
    try {
      return Integer.parseInt(String.valueOf(value));
    } catch (NumberFormatException e) {
      throw new KuraException(
          KuraErrorCode.BAD_REQUEST,
          e,
          MethodProperties.STATUS + " is " + value + ": give a whole number such as 200");
    }
  }

  private static @Nullable Object value(KuraMessage message, String name) {
    Object property = message.getProperties().get(name);
    KuraPayload payload = message.getPayload();
    return property == null && payload != null ? payload.getMetric(name) : property;
  }
}
