/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package com.example.retry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rejoin.retry.Failure;
import io.rejoin.retry.FailureKind;
import io.rejoin.retry.RetryDecision;
import io.rejoin.retry.RetryPolicy;
import io.rejoin.retry.RetryRequest;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class MeteredLinkTest {

  private static final Failure NO_NETWORK = Failure.of(FailureKind.NETWORK_DOWN, "");
  private static final Failure REFUSED = Failure.of(FailureKind.REFUSED, "");

  @Test
  void shouldTryOftenWhileTheLinkIsDown() {
    MeteredLink policy = new MeteredLink(Map.of("linkDownSeconds", 20));

    shouldLieBetween(10, 20, policy, 1, NO_NETWORK);
    shouldLieBetween(10, 20, policy, 1_000, NO_NETWORK);
  }

  @Test
  void shouldBackOffOnceTheServerAnswers() {
    MeteredLink policy = new MeteredLink(Map.of("longestSeconds", 600));

    shouldLieBetween(30, 60, policy, 1, REFUSED);
    shouldLieBetween(60, 120, policy, 2, REFUSED);
    shouldLieBetween(300, 600, policy, 1_000, REFUSED);
  }

  @Test
  void shouldNeverComeBackBeforeRetryAfter() {
    Failure busy = new Failure(FailureKind.THROTTLED, "", 429, 0, Duration.ofMinutes(15));

    shouldLieBetween(900, 960, new MeteredLink(Map.of()), 1, busy);
  }

  @Test
  void shouldFollowItsConfiguration() {
    MeteredLink policy = new MeteredLink(Map.of());

    policy.modified(Map.of("linkDownSeconds", 4));

    shouldLieBetween(2, 4, policy, 1, NO_NETWORK);
  }

  @Test
  void shouldKeepItsSettingsWhenTheNewOnesAreBad() {
    MeteredLink policy = new MeteredLink(Map.of("linkDownSeconds", 4));

    policy.modified(Map.of("linkDownSeconds", 0));
    policy.modified(Map.of("linkDownSeconds", "soon"));
    policy.modified(Map.of("linkDownSeconds", 9, "longestSeconds", 86_401));

    shouldLieBetween(2, 4, policy, 1, NO_NETWORK);
  }

  @Test
  void shouldStartWithItsDefaultsWhenItsFirstSettingsAreBad() {
    shouldLieBetween(15, 30, new MeteredLink(Map.of("longestSeconds", -1)), 1, NO_NETWORK);
  }

  @Test
  void shouldHaveItsFormWhereKuraLooksForIt() throws Exception {
    Document form = xml("/OSGI-INF/metatype/com.example.retry.MeteredLink.xml");

    assertEquals(MeteredLink.PID, attribute(form, "OCD", "id"));
    assertEquals(MeteredLink.PID, attribute(form, "Designate", "factoryPid"));
    assertEquals("30", attribute(form, "AD", "default"));
  }

  private static void shouldLieBetween(
      int lowest, int highest, RetryPolicy policy, int failures, Failure failure) {
    RetryRequest request =
        new RetryRequest(failures, Duration.ZERO, Duration.ZERO, false, Duration.ZERO, failure);
    IntStream.range(0, 1_000)
        .mapToObj(seed -> policy.decide(request, new SplittableRandom(seed)))
        .map(RetryDecision::delay)
        .forEach(
            delay ->
                assertTrue(
                    delay.compareTo(Duration.ofSeconds(lowest)) >= 0
                        && delay.compareTo(Duration.ofSeconds(highest)) <= 0,
                    () -> "waits " + delay));
  }

  private static Document xml(String resource) throws Exception {
    try (InputStream in = MeteredLinkTest.class.getResourceAsStream(resource)) {
      assertNotNull(in, resource);
      return DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().parse(in);
    }
  }

  private static String attribute(Document document, String element, String name) {
    return ((Element) document.getElementsByTagName(element).item(0)).getAttribute(name);
  }
}
