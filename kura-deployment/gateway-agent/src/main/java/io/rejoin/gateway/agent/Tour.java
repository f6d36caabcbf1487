/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.gateway.agent;

import com.google.gson.JsonObject;
import io.rejoin.gateway.agent.Timeline.Entry;
import java.util.Map;
import org.eclipse.kura.KuraException;

/**
 * The scripted tour: what breaks in the field in years, in less than two minutes. Each step waits
 * for what it expects and fails if it does not come.
 */
final class Tour {

  private static final long STEP_LIMIT_MS = 40_000;

  /** So many readings take longer than the time after which a connection counts as stable. */
  private static final int STABLE_READINGS = 12;

  private final GatewayStack stack;
  private final Timeline timeline;
  private final Readings readings;
  private final Cloud cloud;
  private long longestDowntimeAfterReturnMs;
  private long hotSwapEffectMs = -1;

  Tour(GatewayStack stack, Timeline timeline, Readings readings, Cloud cloud) {
    this.stack = stack;
    this.timeline = timeline;
    this.readings = readings;
    this.cloud = cloud;
  }

  /** The time from the end of an outage to the connection, the longest of all. */
  long longestDowntimeAfterReturnMs() {
    return longestDowntimeAfterReturnMs;
  }

  /** The time from a changed parameter to the new due time. */
  long hotSwapEffectMs() {
    return hotSwapEffectMs;
  }

  void run() throws InterruptedException, KuraException {
    firstConnection();
    hubRestart();
    outageWithHotSwap();
    silentHubAndLookup();
    move();
  }

  private void firstConnection() throws InterruptedException {
    step("1 of 5: the device registers, connects to hub A and publishes");
    awaitState(0, "CONNECTED");
    awaitReadings(STABLE_READINGS);
  }

  private void hubRestart() throws InterruptedException {
    step("2 of 5: hub A restarts");
    int mark = timeline.mark();
    long returns = timeline.elapsedMs() + 1_000;
    cloud.outage("a", 1);
    connectedAfter(mark, returns);
    awaitReadings(STABLE_READINGS);
  }

  private void outageWithHotSwap() throws InterruptedException, KuraException {
    step("3 of 5: hub A is gone for 10 s; the retry policy is changed in the middle of a wait");
    String policy = stack.policyPid();
    stack.update(policy, Map.of("baseSeconds", 60.0, "capSeconds", 120.0));
    int mark = timeline.mark();
    long returns = timeline.elapsedMs() + 10_000;
    cloud.outage("a", 10);
    Entry slow =
        timeline.await(
            mark,
            "a wait of more than 20 s",
            STEP_LIMIT_MS,
            entry -> entry.state().equals("WAITING") && entry.nextAttemptInMs() > 20_000);
    timeline.print(
        "TOUR  next attempt in "
            + slow.nextAttemptInMs() / 1_000
            + " s; changing base to 2 s, cap to 4 s");
    int before = timeline.mark();
    long changed = timeline.elapsedMs();
    stack.update(policy, Map.of("baseSeconds", 2.0, "capSeconds", 4.0));
    Entry quick =
        timeline.await(
            before,
            "an earlier attempt",
            STEP_LIMIT_MS,
            entry -> entry.nextAttemptInMs() < 5_000 || entry.state().equals("CONNECTING"));
    hotSwapEffectMs = quick.atMs() - changed;
    connectedAfter(mark, returns);
    awaitReadings(STABLE_READINGS);
  }

  private void silentHubAndLookup() throws InterruptedException {
    step("4 of 5: the enrolment is moved to hub B, and hub A is silent for 15 s");
    cloud.enrolAt("b");
    int mark = timeline.mark();
    long returns = timeline.elapsedMs() + 15_000;
    cloud.outage("a", 15);
    awaitState(mark, "PROVISIONING");
    timeline.print(
        "TOUR  after 3 failures it looks up where it belongs, which is free and tells the last"
            + " registration: still hub A");
    connectedAfter(mark, returns);
    awaitReadings(STABLE_READINGS);
    dpsSoFar();
  }

  private void move() throws InterruptedException {
    step("5 of 5: the device is deleted from hub A, which says so: reason enough to register");
    int mark = timeline.mark();
    long moved = timeline.elapsedMs();
    cloud.deleteFrom("a");
    awaitState(mark, "PROVISIONING");
    connectedAfter(mark, moved);
    timeline.print("TOUR  a registration is billed and sees the changed enrolment: hub B");
    awaitReadings(STABLE_READINGS);
    dpsSoFar();
  }

  private void dpsSoFar() {
    JsonObject counts = cloud.counts();
    timeline.print(
        "TOUR  DPS so far: lookups "
            + counts.get("dpsLookups").getAsLong()
            + " (free), registrations "
            + counts.get("dpsRegistrations").getAsLong()
            + " (billed)");
  }

  private void connectedAfter(int mark, long returnsAtMs) throws InterruptedException {
    timeline.await(
        mark, "the loss to be noticed", STEP_LIMIT_MS, entry -> !entry.state().equals("CONNECTED"));
    Entry connected = awaitState(mark, "CONNECTED");
    long downtime = Math.max(0, connected.atMs() - returnsAtMs);
    longestDowntimeAfterReturnMs = Math.max(longestDowntimeAfterReturnMs, downtime);
  }

  private Entry awaitState(int mark, String state) throws InterruptedException {
    return timeline.await(mark, state, STEP_LIMIT_MS, entry -> entry.state().equals(state));
  }

  private void awaitReadings(int more) throws InterruptedException {
    // Not from what is confirmed: a backlog would be over in a moment.
    long target = readings.accepted() + more;
    if (!readings.awaitConfirmed(target, STEP_LIMIT_MS)) {
      throw new IllegalStateException("no reading was confirmed for 40 s");
    }
  }

  private void step(String what) {
    timeline.print("TOUR  " + what);
  }
}
