/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.twin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ReportedPropertiesTest {
  /** What becomes of one batch, after a change was added. */
  enum Fate {
    WAITS,
    TAKEN,
    LOST_ON_THE_WAY,
    ANSWER_LOST,
    REFUSED,
    ANSWER_LOST_AND_MOVED_TO_ANOTHER_HUB
  }

  record Round(JsonObject change, Fate fate) {}

  @Property(tries = 2_000)
  void shouldLeadTheTwinOfWhateverHubToWhatTheDeviceReported(
      @ForAll("rounds") @Size(min = 1, max = 8) List<Round> rounds) {
    ReportedProperties reported = new ReportedProperties();
    JsonObject hub = new JsonObject();
    JsonObject wanted = new JsonObject();
    JsonObject confirmed = wanted;
    for (Round round : rounds) {
      reported.add(round.change(), new CompletableFuture<>());
      wanted = JsonMerge.applied(wanted, round.change());
      if (round.fate() == Fate.WAITS) {
        continue;
      }
      ReportedProperties.Batch batch = reported.next();
      switch (round.fate()) {
        case TAKEN -> {
          hub = JsonMerge.applied(hub, batch.patch());
          reported.taken(batch);
          assertEquals(wanted, hub);
          confirmed = wanted;
        }
        case REFUSED -> {
          reported.refused(batch, new IllegalStateException("400"));
          wanted = confirmed;
        }
        case LOST_ON_THE_WAY -> reported.putBack(batch);
        case ANSWER_LOST -> {
          hub = JsonMerge.applied(hub, batch.patch());
          reported.putBack(batch);
        }
        case ANSWER_LOST_AND_MOVED_TO_ANOTHER_HUB -> {
          reported.putBack(batch);
          hub = new JsonObject();
        }
        case WAITS -> throw new AssertionError();
      }
    }
    hub = JsonMerge.applied(hub, reported.next().patch());
    assertEquals(wanted, hub);
  }

  @Test
  void shouldSendOnlyWhatTheHubDoesNotHave() {
    ReportedProperties reported = new ReportedProperties();
    reported.add(json("{'a':1,'b':{'c':2,'d':3}}"), new CompletableFuture<>());
    reported.taken(reported.next());
    reported.add(json("{'a':1,'b':{'c':4}}"), new CompletableFuture<>());

    assertEquals(json("{'b':{'c':4}}"), reported.next().patch());
  }

  @Test
  void shouldRemoveWhatAnEarlierLifeOfTheGatewayReported() {
    ReportedProperties reported = new ReportedProperties();
    reported.add(json("{'old':null}"), new CompletableFuture<>());

    assertEquals(json("{'old':null}"), reported.next().patch());
  }

  @Test
  void shouldCompleteEachChangeOnce() {
    ReportedProperties reported = new ReportedProperties();
    CompletableFuture<Void> first = new CompletableFuture<>();
    CompletableFuture<Void> second = new CompletableFuture<>();
    reported.add(json("{'a':1}"), first);
    reported.putBack(reported.next());
    reported.add(json("{'a':2}"), second);
    reported.taken(reported.next());

    assertTrue(first.isDone() && second.isDone() && reported.isSent());
  }

  @Provide
  Arbitrary<List<Round>> rounds() {
    Arbitrary<String> names = Arbitraries.of("a", "b", "c");
    Arbitrary<String> leaves = Arbitraries.of("null", "1", "'t'", "[1]", "{}");
    Arbitrary<String> middle = Arbitraries.oneOf(leaves, object(names, leaves));
    Arbitrary<JsonObject> changes =
        object(names, Arbitraries.oneOf(leaves, object(names, middle)))
            .map(ReportedPropertiesTest::json);
    return changes
        .flatMap(change -> Arbitraries.of(Fate.class).map(fate -> new Round(change, fate)))
        .list();
  }

  private static Arbitrary<String> object(Arbitrary<String> names, Arbitrary<String> values) {
    return Arbitraries.maps(names, values)
        .ofMaxSize(3)
        .map(
            map -> {
              StringBuilder text = new StringBuilder("{");
              map.forEach(
                  (name, value) ->
                      text.append(text.length() == 1 ? "'" : ",'")
                          .append(name)
                          .append("':")
                          .append(value));
              return text.append("}").toString();
            });
  }

  private static JsonObject json(String text) {
    return JsonParser.parseString(text).getAsJsonObject();
  }
}
