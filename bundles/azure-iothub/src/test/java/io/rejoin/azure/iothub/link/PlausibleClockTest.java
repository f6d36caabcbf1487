/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rejoin.azure.iothub.message.CloudListener;
import io.rejoin.azure.iothub.message.CloudMessage;
import io.rejoin.azure.iothub.message.DirectMethodAnswer;
import io.rejoin.retry.Failure;
import io.rejoin.retry.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PlausibleClockTest {
  @Test
  void shouldBelieveAClockThatIsLaterThanTheBuild() {
    assertNull(PlausibleClock.problem(Instant.parse("2027-01-01T00:00:00Z")));
    Failure problem = PlausibleClock.problem(Instant.parse("2025-12-31T23:59:59Z"));
    assertEquals(FailureKind.CLOCK_WRONG, problem.kind());
    assertTrue(problem.words().contains("2025-12-31"), problem.words());
  }

  @Test
  void shouldNotTouchTheNetworkWhileTheClockIsNotSet() throws Exception {
    CompletableFuture<Failure> failure = new CompletableFuture<>();
    LinkRuntime runtime =
        LinkRuntime.of(
            () -> Instant.EPOCH.plusSeconds(60),
            new Random(1),
            name -> {
              failure.completeExceptionally(new AssertionError("looked up " + name));
              throw new AssertionError("looked up " + name);
            });
    LinkSettings settings =
        LinkSettings.to("hub.example.net", "pump-7", HmacKey.ofBase64("a2V5")).build();

    new SdkLinkFactory(runtime).open(settings, failingInto(failure), new Silent());

    assertEquals(FailureKind.CLOCK_WRONG, failure.get(20, TimeUnit.SECONDS).kind());
  }

  private static LinkListener failingInto(CompletableFuture<Failure> failure) {
    return new LinkListener() {
      @Override
      public void opened(HubLink link) {
        throw new AssertionError("open");
      }

      @Override
      public void openFailed(HubLink link, Failure why) {
        failure.complete(why);
      }

      @Override
      public void lost(HubLink link, Failure why, Duration quiet) {
        throw new AssertionError("lost");
      }
    };
  }

  private static final class Silent implements CloudListener {
    @Override
    public boolean onMessage(CloudMessage message) {
      return false;
    }

    @Override
    public CompletionStage<DirectMethodAnswer> onMethod(String name, String payload) {
      throw new AssertionError();
    }

    @Override
    public void onDesiredProperties(String patch) {}
  }
}
