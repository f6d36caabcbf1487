/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.twin;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.rejoin.azure.iothub.link.HubLink;
import io.rejoin.azure.iothub.link.LinkFailedException;
import io.rejoin.azure.iothub.twin.ReportedProperties.Batch;
import io.rejoin.retry.Backoff;
import io.rejoin.retry.Failure;
import io.rejoin.retry.FailureKind;
import io.rejoin.retry.Jitter;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the twin in step over all sessions: reports what the device has to report, all of it anew
 * on each session since a hub that it moved to knows nothing, and reads the desired properties when
 * somebody wants them. One request at a time; none before the session is stable and the device's
 * own moment has come; back-off when the hub throttles.
 *
 * <p>Confined to the connection's own thread, on which all but {@link #report} is called.
 */
public final class TwinKeeper {
  private static final Logger logger = LoggerFactory.getLogger(TwinKeeper.class);

  /** Where state and statistics stand in the reported properties. */
  static final String STATISTICS = "rejoin";

  private static final Backoff BACKOFF =
      new Backoff(Duration.ofSeconds(10), 2, Duration.ofMinutes(30), Jitter.EQUAL);

  private final String name;
  private final ScheduledExecutorService thread;
  private final Executor poster;
  private final LongSupplier monotonicMillis;
  private final RandomGenerator random;
  private final TwinUser user;
  private final ReportedProperties reported = new ReportedProperties();
  private TwinSettings settings;
  private @Nullable HubLink link;
  private boolean settled;
  private boolean busy;
  private boolean desiredWanted;
  private int failures;
  private long statisticsAt = Long.MIN_VALUE;
  private @Nullable ScheduledFuture<?> timer;

  /**
   * @param name for the log
   * @param thread the connection's one thread, for timers
   * @param poster runs on that thread, and contains what is thrown there
   * @param monotonicMillis a clock that only waits
   */
  public TwinKeeper(
      String name,
      ScheduledExecutorService thread,
      Executor poster,
      LongSupplier monotonicMillis,
      RandomGenerator random,
      TwinSettings settings,
      TwinUser user) {
    this.name = name;
    this.thread = thread;
    this.poster = poster;
    this.monotonicMillis = monotonicMillis;
    this.random = random;
    this.settings = settings;
    this.user = user;
  }

  // ---- sessions

  /** A session is up. */
  public void up(HubLink opened) {
    link = opened;
    settled = false;
    busy = false;
    reported.anew();
    Duration own = Duration.ofMillis((long) (settings.spread().toMillis() * random.nextDouble()));
    wake(settings.stableAfter().plus(own));
  }

  /** The session takes no more, or has ended. */
  public void down() {
    link = null;
    cancelTimer();
  }

  public void settings(TwinSettings changed) {
    boolean sooner = !changed.statisticsEvery().equals(settings.statisticsEvery());
    settings = changed;
    if (sooner) {
      workIfSettled();
    }
  }

  // ---- wishes

  /**
   * Reports properties, as soon as a session allows. Thread-safe.
   *
   * @return completed when a hub has taken them; fails with {@link IllegalArgumentException} when
   *     all reported properties together are more than IoT Hub takes, with {@link
   *     LinkFailedException} when the hub does not take them
   */
  public CompletionStage<Void> report(JsonObject patch) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    poster.execute(
        () -> {
          reported.add(patch, done);
          workIfSettled();
        });
    return done;
  }

  /** The user wants all desired properties, once. */
  public void askForDesired() {
    desiredWanted = true;
    workIfSettled();
  }

  // ---- work

  private void wake(Duration after) {
    cancelTimer();
    timer =
        thread.schedule(() -> poster.execute(this::woken), after.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void cancelTimer() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }

  private void woken() {
    timer = null;
    settled = true;
    work();
  }

  /** Nothing is sent while a pause lasts: the pause's end looks for work itself. */
  private void workIfSettled() {
    if (settled && failures == 0) {
      work();
    }
  }

  private void work() {
    HubLink current = link;
    if (current == null || busy) {
      return;
    }
    if (desiredWanted) {
      ask(current);
    } else if (!reported.isSent()) {
      send(current, reported.next());
    } else if (statisticsDueIn() == 0) {
      sendStatistics(current);
    } else if (!settings.statisticsEvery().isZero()) {
      wake(Duration.ofMillis(statisticsDueIn()));
    }
  }

  private void ask(HubLink current) {
    whenAnswered(
        current.twin(),
        current,
        twin -> {
          desiredWanted = false;
          desired(String.valueOf(twin));
        },
        failure -> {});
  }

  private void send(HubLink current, Batch batch) {
    whenAnswered(
        current.report(batch.patch().toString()),
        current,
        nothing -> reported.taken(batch),
        failure -> {
          if (isRefused(failure)) {
            logger.warn("{}: the hub does not take reported properties: {}", name, failure.words());
            reported.refused(batch, new LinkFailedException(failure));
          } else {
            reported.putBack(batch);
          }
        });
  }

  private void sendStatistics(HubLink current) {
    JsonObject patch = new JsonObject();
    patch.add(STATISTICS, user.statistics());
    statisticsAt = monotonicMillis.getAsLong();
    whenAnswered(current.report(patch.toString()), current, nothing -> {}, failure -> {});
  }

  private long statisticsDueIn() {
    if (settings.statisticsEvery().isZero()) {
      return Long.MAX_VALUE;
    }
    return statisticsAt == Long.MIN_VALUE
        ? 0
        : Math.max(
            0, statisticsAt + settings.statisticsEvery().toMillis() - monotonicMillis.getAsLong());
  }

  private interface Outcome<T> {
    void accept(T value);
  }

  private <T> void whenAnswered(
      CompletionStage<T> asked, HubLink of, Outcome<@Nullable T> good, Outcome<Failure> bad) {
    busy = true;
    var unused =
        asked.whenComplete(
            (answer, error) ->
                poster.execute(
                    () -> {
                      Failure failure = error == null ? null : failure(error);
                      if (failure == null) {
                        good.accept(answer);
                      } else {
                        bad.accept(failure);
                      }
                      answered(of, failure);
                    }));
  }

  private void answered(HubLink of, @Nullable Failure failure) {
    if (link != of) {
      // The next session has begun its own round.
      return;
    }
    busy = false;
    if (failure == null || isRefused(failure)) {
      failures = 0;
      work();
    } else {
      failures++;
      Duration pause = BACKOFF.delay(failures, Duration.ZERO, random);
      logger.debug("{}: the twin has to wait {}: {}", name, pause, failure.words());
      wake(pause);
    }
  }

  /** Whether the same request would be answered the same way again: a 4xx other than 429. */
  private static boolean isRefused(Failure failure) {
    return failure.httpStatus() / 100 == 4 && failure.kind() != FailureKind.THROTTLED;
  }

  private static Failure failure(Throwable error) {
    Throwable cause =
        error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    return cause instanceof LinkFailedException link
        ? link.failure()
        : Failure.of(FailureKind.UNKNOWN, String.valueOf(cause));
  }

  private void desired(String twin) {
    try {
      JsonElement desired = JsonParser.parseString(twin).getAsJsonObject().get("desired");
      if (desired != null && desired.isJsonObject()) {
        user.onDesired(desired.toString());
      }
    } catch (JsonParseException | IllegalStateException e) {
      logger.warn("{}: the hub's twin cannot be read: {}", name, e.getMessage());
    }
  }
}
