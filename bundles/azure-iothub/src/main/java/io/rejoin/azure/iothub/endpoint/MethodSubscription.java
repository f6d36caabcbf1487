/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.endpoint;

import java.time.Duration;

/**
 * Which direct method a subscriber serves.
 *
 * @param name the method's name; empty for every method that nobody else serves
 * @param answeredByPublisher whether a publisher answers with {@link MethodProperties#REQUEST_ID};
 *     else the method is done when the subscriber returns
 * @param answerWithin after this time without an answer the caller is told so
 */
public record MethodSubscription(String name, boolean answeredByPublisher, Duration answerWithin) {}
