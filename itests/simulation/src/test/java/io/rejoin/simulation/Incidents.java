/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.simulation;

import io.rejoin.reconnect.Hint;
import io.rejoin.reconnect.Settings;
import io.rejoin.retry.Failure;
import io.rejoin.retry.FailureKind;
import io.rejoin.retry.RetryPolicy;
import java.util.random.RandomGenerator;

/** What happens to a gateway and its world, each thing at random and most of them for a while. */
final class Incidents {

  private static final long MINUTE = 60_000;

  private final Life life;
  private final VirtualTime time;
  private final RandomGenerator chance;
  private final Cloud cloud;
  private final Disk disk;
  private final Faults faults;
  private int published;

  Incidents(
      Life life, VirtualTime time, RandomGenerator chance, Cloud cloud, Disk disk, Faults faults) {
    this.life = life;
    this.time = time;
    this.chance = chance;
    this.cloud = cloud;
    this.disk = disk;
    this.faults = faults;
  }

  /** One thing happens, unless there is nobody whom it could happen to. */
  void happen() {
    Gateway current = life.gateway();
    if (current == null) {
      return;
    }
    switch (chance.nextInt(25)) {
      case 0 -> goOffline(current);
      case 1 -> hubGoesDown();
      case 2, 3 -> hubRefuses();
      case 4 -> obstacle();
      case 5 -> dpsFails();
      case 6 -> hubMoves();
      case 7 -> clockJumps(current);
      case 8 -> suspend();
      case 9 -> settingsChange(current);
      case 10 -> policyChanges(current);
      case 11 -> life.note("target", current::changeTarget);
      case 12 -> life.note("connect", current::connect);
      case 13 -> life.note("disconnect", current::disconnect);
      case 14 -> life.note("reconnect", () -> current.reconnect(chance.nextLong(10 * MINUTE)));
      case 15 -> life.note("reprovision", () -> current.reprovision(chance.nextLong(10 * MINUTE)));
      case 16 -> storeFails();
      case 17 -> life.note("kill", life::kill);
      case 18 -> life.note("dies soon", () -> disk.store.dieInCalls(1 + chance.nextInt(12)));
      case 19 -> shutDown(current);
      case 20 -> provisionerChanges(current);
      case 21 -> kicked(1 + chance.nextInt(8));
      case 22 -> hubGoesMute();
      case 23 -> hint(current);
      default -> {}
    }
    publish();
  }

  /** From a second to hours, short ones more often. */
  private long aWhile() {
    return (long) (1_000 * Math.exp(chance.nextDouble() * 9.5));
  }

  private Hub anyHub() {
    return chance.nextInt(3) > 0 ? cloud.enrolled : cloud.hubs.get(chance.nextInt(3));
  }

  private void goOffline(Gateway current) {
    life.note("offline", () -> cloud.offline = true);
    long quiet = chance.nextLong(90_000);
    life.later(
        quiet,
        () -> {
          if (cloud.offline) {
            cloud.drop(Failure.of(FailureKind.CONNECTION_SILENT, ""), quiet);
          }
        });
    life.later(
        aWhile(),
        () -> {
          life.note("online", () -> cloud.offline = false);
          if (life.gateway() == current && chance.nextBoolean()) {
            current.hint(Hint.NETWORK_UP);
          }
        });
  }

  private void hubGoesDown() {
    Hub hub = anyHub();
    life.note(hub + " down", () -> hub.down = true);
    cloud.drop(Failure.of(FailureKind.CONNECTION_CLOSED, ""), 0);
    life.later(aWhile(), () -> life.note(hub + " up", () -> hub.down = false));
  }

  private void hubRefuses() {
    Hub hub = anyHub();
    Failure refusal = faults.refusal();
    life.note(hub + " refuses: " + refusal, () -> hub.refusal = refusal);
    if (chance.nextBoolean()) {
      cloud.drop(Failure.of(FailureKind.CONNECTION_CLOSED, ""), 0);
    }
    life.later(aWhile(), () -> life.note(hub + " accepts", () -> hub.refusal = null));
  }

  private void obstacle() {
    Failure obstacle = faults.obstacle();
    life.note("obstacle: " + obstacle, () -> cloud.obstacle = obstacle);
    if (chance.nextBoolean()) {
      cloud.drop(obstacle, 0);
    }
    life.later(aWhile(), () -> life.note("no obstacle", () -> cloud.obstacle = null));
  }

  private void dpsFails() {
    Failure trouble = faults.dpsTrouble();
    life.note("DPS: " + trouble, () -> cloud.dpsTrouble = trouble);
    life.later(aWhile(), () -> life.note("DPS well", () -> cloud.dpsTrouble = null));
  }

  /** The enrolment now says another hub; the old one forgets the device, or goes for good. */
  private void hubMoves() {
    if (!life.provisioned()) {
      return;
    }
    Hub old = cloud.enrolled;
    Hub next = cloud.hubs.get((cloud.hubs.indexOf(old) + 1 + chance.nextInt(2)) % 3);
    cloud.enrolled = next;
    next.deleted = false;
    boolean gone = chance.nextBoolean();
    life.note(old + " moves to " + next + (gone ? ", deleted" : ""), () -> old.deleted = gone);
    old.knowsDevice = false;
    cloud.drop(Failure.of(FailureKind.CONNECTION_CLOSED, ""), 0);
  }

  private void clockJumps(Gateway current) {
    long jump = (chance.nextBoolean() ? 1 : -1) * aWhile() * (1 + chance.nextInt(2_000));
    life.note("clock jumps by " + jump, () -> time.jump(jump));
    life.later(
        aWhile(),
        () -> {
          life.note("clock right", time::correct);
          if (life.gateway() == current && chance.nextBoolean()) {
            current.hint(Hint.CLOCK_SYNCHRONISED);
          }
        });
  }

  private void suspend() {
    long millis = aWhile();
    life.note("suspended for " + millis, () -> time.suspend(millis));
    if (millis > 90_000) {
      cloud.drop(Failure.of(FailureKind.CONNECTION_SILENT, ""), millis);
    }
  }

  private void settingsChange(Gateway current) {
    Settings other = faults.settings(life.documented(), life.provisioned());
    life.note("settings: " + other, () -> life.configure(other));
    current.change(other);
  }

  private void policyChanges(Gateway current) {
    RetryPolicy other = faults.policy();
    life.note("another policy", () -> life.configure(other));
    current.change(other);
  }

  private void storeFails() {
    switch (chance.nextInt(4)) {
      case 0 -> life.note("store goes", disk.store::goAway);
      case 1 -> life.note("store replaced", disk.store::replaced);
      case 2 -> life.note("no store", life::takeStoreAway);
      default -> life.note("store shaky", () -> disk.store.shaky = true);
    }
    life.later(aWhile(), life::healStore);
  }

  private void shutDown(Gateway current) {
    life.note("shutdown", life::shutDown);
    life.later(
        chance.nextLong(8_000),
        () -> {
          if (life.gateway() == current) {
            life.kill();
          }
        });
  }

  private void provisionerChanges(Gateway current) {
    if (!life.provisioned()) {
      return;
    }
    if (chance.nextBoolean() || !current.hasProvisioner()) {
      life.note("another provisioner", current::bringProvisioner);
      return;
    }
    life.note("no provisioner", current::takeProvisionerAway);
    life.later(
        aWhile(),
        () -> {
          if (life.gateway() == current && !current.hasProvisioner()) {
            life.note("provisioner", current::bringProvisioner);
          }
        });
  }

  private void kicked(int times) {
    life.note("kicked", () -> cloud.drop(Failure.of(FailureKind.CONNECTION_CLOSED, ""), 0));
    if (times > 1) {
      life.later(10_000 + chance.nextLong(2 * MINUTE), () -> kicked(times - 1));
    }
  }

  private void hubGoesMute() {
    Hub hub = anyHub();
    life.note(hub + " mute", () -> hub.mute = true);
    life.later(aWhile(), () -> life.note(hub + " talks", () -> hub.mute = false));
  }

  private void hint(Gateway current) {
    Hint[] hints = Hint.values();
    Hint hint = hints[chance.nextInt(hints.length)];
    life.note("hint " + hint, () -> current.hint(hint));
  }

  private void publish() {
    Gateway current = life.gateway();
    int messages = chance.nextInt(8);
    for (int i = 0; i < messages && current != null; i++) {
      current.publish("m" + ++published, chance.nextInt(4));
    }
  }
}
