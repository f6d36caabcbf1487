/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;

import io.rejoin.azure.emulator.hub.HubCount;
import io.rejoin.azure.emulator.tls.Identity;
import io.rejoin.azure.emulator.tls.ServerCertificate;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.kura.configuration.Password;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;

/**
 * What keeps a gateway from its hub is told on the status page, with the remedy and without a
 * secret.
 */
public class FailuresInWordsIT extends FrameworkTest {

  private static final String WRONG_KEY = "bm90LXRoZS1rZXktb2YtdGhpcy1kZXZpY2U=";

  private final Map<Stack, String[]> expected = new LinkedHashMap<>();
  private Keystores keystores;

  @Before
  public void startBundles() throws Exception {
    gateway.startAll();
    keystores = new Keystores(gateway);
  }

  @After
  public void deleteStacks() throws Exception {
    for (Stack stack : expected.keySet()) {
      stack.delete();
    }
    keystores.delete();
  }

  @Test
  public void shouldNameTheRemedyForWhatIsWrongWithADevice() throws Exception {
    given(
        stack("no-scope").withProvisioner(Map.of("id.scope", "0neUNKNOWN")),
        "does not know the id scope",
        "check id.scope");
    given(
        stack("no-registration").withProvisioner(Map.of("registration.id", "nobody")),
        "does not know this device",
        "create an enrolment for this registration.id");
    gateway
        .azure()
        .dps()
        .disable(given(stack("disabled"), "enrolment is disabled", "enable its enrolment").name());
    given(
        stack("wrong-key")
            .withProvisioner(Map.of("symmetric.key", new Password(WRONG_KEY.toCharArray()))),
        "refused the credential",
        "check symmetric.key");
    given(
        withCertificateOfTomorrow(stack("tomorrow")),
        "the client certificate is not valid yet",
        "set the clock, best by NTP");
    Stack lost =
        given(
            stack("lost"),
            "the server's name is unknown",
            "check the hub's name, or the enrolment");
    gateway.azure().dps().moveEnrolment(lost.name(), "no-such-hub.invalid");

    thenEachIsTold();
  }

  @Test
  public void shouldNameTheRemedyWhenTheCertificateOfDpsIsNotYetValid() throws Exception {
    gateway.azure().dps().show(ServerCertificate.NOT_YET_VALID);
    given(stack("behind"), "certificate is not valid yet", "the gateway's clock is behind: set it");

    thenEachIsTold();
  }

  @Test
  public void shouldNameTheRemedyWhenTheClockIsWrong() throws Exception {
    gateway.azure().dps().clock().skew(Duration.ofDays(2));
    given(
        stack("yesterday"), "the gateway's clock is wrong", "set the gateway's clock, best by NTP");

    thenEachIsTold();
  }

  /**
   * Before the add-on was built, no clock can be right: nobody is asked before Kura says that the
   * clock was set, and then at once.
   */
  @Test
  public void shouldNameTheRemedyForAClockThatIsBehindTheBuildAndWaitForKurasClockEvent()
      throws Exception {
    Path jar = Features.bundles(Features.IOT_HUB).get(0);
    Instant tomorrow = Instant.now().plus(Duration.ofDays(1));
    try (InputStream future = BuiltLater.copyOf(jar, tomorrow)) {
      gateway.onlyBundle(Features.IOT_HUB).update(future);
    }
    long connects = gateway.azure().hubA().counted(HubCount.CONNECTS);
    Stack stack = given(stack("battery"), "the gateway's clock is wrong", "set it, best by NTP");

    try (States states = States.of(gateway, stack)) {
      thenEachIsTold();
      states.await("PARKED", 1);
      // By itself it asks slower each time: after minutes before the last of these.
      for (int attempt = 2; attempt < 6; attempt++) {
        post(new Event("org/eclipse/kura/clock", Map.of()));
        states.await("PARKED", attempt);
      }
    }
    assertEquals(connects, gateway.azure().hubA().counted(HubCount.CONNECTS));

    gateway.update(Features.IOT_HUB);
    stack.awaitConnected();
  }

  private void post(Event event) {
    gateway
        .context()
        .getService(gateway.context().getServiceReference(EventAdmin.class))
        .postEvent(event);
  }

  private Stack stack(String name) {
    return new Stack(gateway, name);
  }

  private Stack given(Stack stack, String... words) {
    expected.put(stack, words);
    return stack;
  }

  /** All of them ask side by side. */
  private void thenEachIsTold() throws Exception {
    for (Stack stack : expected.keySet()) {
      stack.create();
    }
    for (Map.Entry<Stack, String[]> each : expected.entrySet()) {
      for (String words : each.getValue()) {
        Await.until(
            () -> each.getKey().name() + ": " + words + ", not " + each.getKey().info(),
            () -> each.getKey().info("Last Failure").contains(words));
      }
      assertFalse(each.getKey().info().toString().contains(WRONG_KEY));
    }
  }

  private Stack withCertificateOfTomorrow(Stack stack) throws Exception {
    Instant tomorrow = Instant.now().plus(Duration.ofDays(1));
    Identity identity =
        gateway
            .azure()
            .ca()
            .issueClient(stack.name(), tomorrow, tomorrow.plus(Duration.ofDays(30)));
    return stack.withProvisioner(keystores.certificate(stack.name(), identity));
  }
}
