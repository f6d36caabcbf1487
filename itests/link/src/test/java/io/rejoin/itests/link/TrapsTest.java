/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.itests.link;

import static io.rejoin.itests.link.Bed.DEVICE;
import static io.rejoin.itests.link.Bed.SOON;
import static io.rejoin.itests.link.Bed.message;
import static io.rejoin.itests.link.Bed.send;
import static io.rejoin.itests.link.Cloud.next;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.rejoin.azure.emulator.hub.Feedback;
import io.rejoin.azure.emulator.hub.HubCount;
import io.rejoin.azure.emulator.hub.HubEmulator;
import io.rejoin.azure.emulator.hub.Pubacks;
import io.rejoin.azure.emulator.hub.ToDeviceMessage;
import io.rejoin.azure.emulator.net.Greeting;
import io.rejoin.azure.iothub.link.HubLink;
import io.rejoin.azure.iothub.link.LinkListener;
import io.rejoin.azure.iothub.link.LinkSettings;
import io.rejoin.azure.iothub.message.CloudMessage;
import io.rejoin.retry.Failure;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the SDK 2.5.0 does to those who use it as it comes, each seen to happen. */
class TrapsTest {
  /** Wait for what the SDK leaves to end, up to 40 s each; left out of the default build. */
  private static final String SLOW = "slow";

  private static final int CYCLES = Integer.getInteger("link.cycles", 50);
  private static final int AT_A_TIME = 50;

  /** What other tests' links still have to end. */
  private Set<Thread> before;

  private long socketsBefore;

  private Bed bed;
  private HubEmulator hub;

  @BeforeEach
  void start() throws IOException {
    before = Set.copyOf(Thread.getAllStackTraces().keySet());
    bed = new Bed();
    hub = bed.hub;
    socketsBefore = sockets();
  }

  @AfterEach
  void stop() {
    bed.close();
  }

  // ---- threads and sockets

  /** The SDK leaves three threads and a socket behind for each CONNECT that gets no answer. */
  @Tag(SLOW)
  @Test
  void shouldLeaveNothingBehindWhenOpeningFails() {
    List<Runnable> faults =
        List.of(
            () -> hub.faults().refuse(5),
            () -> hub.faults().withholdConnack(true),
            () -> hub.mqttDoor().greet(Greeting.STAY_SILENT),
            () -> hub.mqttDoor().greet(Greeting.BREAK_TLS),
            () -> hub.mqttDoor().shut());
    LinkSettings settings = bed.settings().connectTimeout(Duration.ofSeconds(2)).build();
    for (Runnable fault : faults) {
      hub.clearFaults();
      fault.run();
      failSome(settings, CYCLES / faults.size());
    }

    awaitNothingLeft();
  }

  /**
   * Paho's connecting thread waits for ever for a receiving thread that has already ended, and its
   * sending thread for a word that was said when it did not listen.
   */
  @Test
  void shouldLeaveNothingBehindWhenTheServerHangsUpAfterTheHandshake() throws Exception {
    try (HangsUp server = new HangsUp(bed.azure.ca(), hub.hostName())) {
      failSome(bed.settings().mqttPort(server.port()).build(), CYCLES);
    }

    await(
        "no thread of the SDK",
        () -> threads().stream().allMatch(name -> name.startsWith("rejoin-link")));
  }

  /** So many at a time that a server's queue of new connections holds them. */
  private void failSome(LinkSettings settings, int count) {
    for (int done = 0; done < count; done += AT_A_TIME) {
      List<Events> opening = new ArrayList<>();
      for (int i = done; i < Math.min(count, done + AT_A_TIME); i++) {
        Events events = new Events();
        bed.start(settings, events);
        opening.add(events);
      }
      opening.forEach(Events::awaitOpenFailed);
    }
  }

  @Tag(SLOW)
  @Test
  void shouldLeaveNothingBehindWhenSessionsEnd() throws Exception {
    for (int i = 0; i < CYCLES; i++) {
      Events events = new Events();
      HubLink link = bed.open(bed.settings().build(), events);
      hub.awaitConnected(DEVICE, SOON);
      switch (i % 3) {
        case 0 -> link.close();
        case 1 -> {
          hub.mqttDoor().cutAll();
          events.awaitLost();
        }
        default -> {
          send(link, message("m" + i, "x"));
          link.close();
        }
      }
      hub.awaitDisconnected(DEVICE, SOON);
    }

    awaitNothingLeft();
  }

  private void awaitNothingLeft() {
    await("no connection at the hub", () -> hub.mqttDoor().openConnections() == 0);
    await("no socket", () -> sockets() <= socketsBefore);
    await("no thread: " + threads(), () -> threads().isEmpty());
  }

  /** Threads of the SDK, of Paho, and our own, which end when idle. */
  private List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !before.contains(thread))
        .map(Thread::getName)
        .filter(
            name ->
                name.startsWith("MQTT")
                    || name.contains("azure-iot-sdk")
                    || name.startsWith("rejoin-link"))
        .sorted()
        .toList();
  }

  /** This process's, as Linux tells them; 0 elsewhere. */
  private static long sockets() {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.filter(TrapsTest::isSocket).count();
    } catch (IOException e) {
      return 0;
    }
  }

  private static boolean isSocket(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
    } catch (IOException e) {
      return false; // closed meanwhile
    }
  }

  // ---- closing

  /** The SDK's close waits for the opening to end, which may take 60 s. */
  @Tag(SLOW)
  @Test
  void shouldCloseAtOnceWhileNobodyAnswers() {
    hub.faults().withholdConnack(true);
    Events events = new Events();
    HubLink link = bed.start(bed.settings().build(), events);
    hub.await(HubCount.CONNECTS, 1, SOON);

    closeAtOnce(link);

    await("the socket is cut", () -> hub.mqttDoor().openConnections() == 0);
    awaitNothingLeft();
    assertTrue(events.isEmpty());
  }

  /** The SDK's close waits 30 s for PUBACKs. */
  @Test
  void shouldCloseAtOnceWithMessagesOnTheirWay() throws Exception {
    hub.faults().pubacks(Pubacks.WITHHELD);
    HubLink link = bed.open();
    Outcome outcome = send(link, message("m", "x"));
    hub.await(HubCount.MESSAGES, 1, SOON);

    closeAtOnce(link);

    assertTrue(outcome.isTold());
    await("the hub sees it", () -> hub.mqttDoor().openConnections() == 0);
  }

  @Tag(SLOW)
  @Test
  void shouldCloseAtOnceOnADeadConnection() {
    HubLink link = bed.open();
    hub.mqttDoor().muteAll();

    closeAtOnce(link);

    awaitNothingLeft();
  }

  private static void closeAtOnce(HubLink link) {
    long start = System.nanoTime();
    link.close();
    long millis = (System.nanoTime() - start) / 1_000_000;
    assertTrue(millis < 5000, () -> "took " + millis + " ms");
  }

  // ---- deadlocks

  /** The SDK deadlocks when closed in its callback while another thread closes it too. */
  @Tag(SLOW)
  @Test
  void shouldSurviveBeingClosedInItsCallbacksAndElsewhere() throws Exception {
    for (int i = 0; i < CYCLES / 5; i++) {
      CountDownLatch opened = new CountDownLatch(1);
      HubLink link = bed.factory.open(bed.settings().build(), new Closing(opened), bed.cloud);
      CompletableFuture<Void> elsewhere =
          CompletableFuture.runAsync(
              () -> {
                awaitLatch(opened);
                link.close();
              });
      elsewhere.get(20, SECONDS);
      hub.awaitDisconnected(DEVICE, SOON);
    }

    awaitNothingLeft();
    assertEquals(null, ManagementFactory.getThreadMXBean().findDeadlockedThreads());
  }

  /** So does it when its callback waits for a lock that is held by who closes it. */
  @Tag(SLOW)
  @Test
  void shouldSurviveAnOwnerWhoHoldsALockWhileClosing() throws Exception {
    Object lock = new Object();
    for (int i = 0; i < CYCLES / 5; i++) {
      CountDownLatch lost = new CountDownLatch(1);
      Events events = new Events();
      HubLink link =
          bed.factory.open(bed.settings().build(), new Locking(lock, events, lost), bed.cloud);
      events.await(Events.Opened.class);
      synchronized (lock) {
        hub.mqttDoor().cutAll();
        link.close();
      }
      hub.awaitDisconnected(DEVICE, SOON);
    }

    awaitNothingLeft();
    assertEquals(null, ManagementFactory.getThreadMXBean().findDeadlockedThreads());
  }

  // ---- poison

  static Stream<ToDeviceMessage> poison() {
    return Stream.of(
        ToDeviceMessage.of("a").propertyWithoutValue("empty", true),
        ToDeviceMessage.of("b").propertyWithoutValue("none", false),
        ToDeviceMessage.of("c").property("", "no name"),
        ToDeviceMessage.of("d").property("iothub-ack", "full"),
        ToDeviceMessage.of("e").property("iothub-messageid", "reserved by the SDK"));
  }

  /** The SDK's parser throws, the connection is lost, and the hub sends it again for ever. */
  @ParameterizedTest
  @MethodSource("poison")
  void shouldTakeAMessageThatTheSdkCannotParse(ToDeviceMessage poison) throws Exception {
    Events events = new Events();
    HubLink link = bed.open(bed.settings().build(), events);

    CompletableFuture<Feedback> feedback = hub.sendToDevice(DEVICE, poison);

    CloudMessage received = next(bed.cloud.messages);
    assertEquals(new String(poison.body(), UTF_8), new String(received.body(), UTF_8));
    assertEquals(Feedback.COMPLETED, feedback.get(20, SECONDS));
    assertEquals("confirmed", send(link, message("m", "x")).await());
    assertTrue(events.isEmpty());
  }

  @Test
  void shouldPassEmptyPropertiesOn() {
    bed.open();

    hub.sendToDevice(
        DEVICE,
        ToDeviceMessage.of("x")
            .propertyWithoutValue("empty", true)
            .propertyWithoutValue("none", false)
            .property("full", "1"));

    assertEquals(
        Map.of("empty", "", "none", "", "full", "1"), next(bed.cloud.messages).properties());
  }

  // ---- the rest

  /** The SDK counts its message by id, so that two at once lose one's answer. */
  @Test
  void shouldAnswerEveryMessageWhateverItsId() {
    HubLink link = bed.open();
    List<Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      outcomes.add(send(link, message("m" + i % 10, String.valueOf(i))));
    }

    outcomes.forEach(outcome -> assertEquals("confirmed", outcome.await()));
    assertEquals(1000, hub.journal().of(DEVICE).size());
  }

  /** A PUBACK may come before the SDK has noted that it waits for one. */
  @Test
  void shouldNotLoseAConfirmationThatComesAtOnce() {
    hub.faults().pubacks(Pubacks.AT_ONCE);
    HubLink link = bed.open();
    List<Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      outcomes.add(send(link, message("m" + i, "x")));
    }

    outcomes.forEach(outcome -> assertEquals("confirmed", outcome.await()));
  }

  /** The SDK's close may take 90 s: nothing is left once it has finished. */
  private void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(120).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        fail("not " + what + "; threads: " + threads());
      }
      LockSupport.parkNanos(20_000_000);
    }
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      assertTrue(latch.await(20, SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Closes the link in the very callback that says it is open. */
  private record Closing(CountDownLatch opened) implements LinkListener {
    @Override
    public void opened(HubLink link) {
      opened.countDown();
      link.close();
    }

    @Override
    public void openFailed(HubLink link, Failure failure) {
      opened.countDown();
    }

    @Override
    public void lost(HubLink link, Failure failure, Duration quiet) {
      link.close();
    }
  }

  /** Waits for its owner's lock when the link is lost, as a synchronized component would. */
  private record Locking(Object lock, Events events, CountDownLatch lost) implements LinkListener {
    @Override
    public void opened(HubLink link) {
      events.opened(link);
    }

    @Override
    public void openFailed(HubLink link, Failure failure) {
      events.openFailed(link, failure);
    }

    @Override
    public void lost(HubLink link, Failure failure, Duration quiet) {
      synchronized (lock) {
        lost.countDown();
      }
    }
  }
}
