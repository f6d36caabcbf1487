/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.twin;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What the device has to report, and what of it the hub has. A patch is computed anew each time it
 * is sent, since two patches can not always be joined to one. Not thread-safe.
 */
final class ReportedProperties {
  private record Change(JsonObject patch, CompletableFuture<Void> done) {}

  /** One patch on its way to the hub, what it leads to, and the changes behind it. */
  record Batch(
      JsonObject patch, JsonObject leadsTo, JsonObject possibleBefore, List<Change> changes) {}

  /** All that a hub has taken. */
  private JsonObject taken = new JsonObject();

  /** What the twin of the present hub has for certain. */
  private JsonObject certain = new JsonObject();

  /** All names that this twin may have. */
  private JsonObject possible = new JsonObject();

  private List<Change> changes = new ArrayList<>();
  private boolean anew;

  /**
   * Adds a change.
   *
   * @param done completed when a hub has taken it; fails at once when all together is too much
   */
  void add(JsonObject patch, CompletableFuture<Void> done) {
    String problem = TwinRules.tooLarge(JsonMerge.applied(wanted(), patch));
    if (problem == null) {
      changes.add(new Change(patch, done));
    } else {
      done.completeExceptionally(new IllegalArgumentException(problem));
    }
  }

  private JsonObject wanted() {
    JsonObject wanted = taken;
    for (Change change : changes) {
      wanted = JsonMerge.applied(wanted, change.patch());
    }
    return wanted;
  }

  /** Another session, perhaps with another hub, whose twin may know nothing. */
  void anew() {
    certain = new JsonObject();
    anew = taken.size() > 0;
  }

  boolean isSent() {
    return !anew && changes.isEmpty();
  }

  /** Takes out what is to be sent now. */
  Batch next() {
    JsonObject wanted = wanted();
    JsonObject possibleBefore = possible;
    for (Change change : changes) {
      possible = JsonMerge.union(possible, change.patch());
    }
    JsonObject patch = JsonMerge.patch(wanted, certain, possible);
    possible = JsonMerge.union(possible, wanted);
    Batch batch = new Batch(patch, wanted, possibleBefore, changes);
    changes = new ArrayList<>();
    anew = false;
    return batch;
  }

  /** The hub has it. */
  void taken(Batch batch) {
    taken = batch.leadsTo();
    certain = taken;
    possible = taken;
    batch.changes().forEach(change -> change.done().complete(null));
  }

  /** The hub never takes it, nor any part of it. */
  void refused(Batch batch, Exception why) {
    possible = batch.possibleBefore();
    batch.changes().forEach(change -> change.done().completeExceptionally(why));
  }

  /** It may or may not have got there: back, before what was added since. */
  void putBack(Batch batch) {
    batch.changes().addAll(changes);
    changes = batch.changes();
    anew();
  }
}
