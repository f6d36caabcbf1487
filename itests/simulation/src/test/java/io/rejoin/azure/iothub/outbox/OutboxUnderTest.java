/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.outbox;

import io.rejoin.azure.iothub.connection.HubConnectionListener;
import io.rejoin.azure.iothub.connection.SupervisorUnderTest;
import io.rejoin.azure.iothub.message.Delivery;
import io.rejoin.azure.iothub.message.OutgoingMessage;
import io.rejoin.reconnect.Moment;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.eclipse.kura.KuraStoreException;
import org.eclipse.kura.message.store.provider.MessageStoreProvider;
import org.jspecify.annotations.Nullable;

/**
 * The outbox with its store keeper, run in virtual time the way {@link OutboxRunner} runs it on a
 * thread of its own.
 */
public final class OutboxUnderTest {

  private static final int BATCH = 128;

  private final ScheduledExecutorService thread;
  private final Supplier<Moment> clock;
  private final SupervisorUnderTest connection;
  private final Outbox outbox;
  private final StoreKeeper storeKeeper;
  private long wakeAtMillis = Long.MAX_VALUE;

  public OutboxUnderTest(
      ScheduledExecutorService thread,
      Supplier<Moment> clock,
      SupervisorUnderTest connection,
      String instance,
      OutboxSettings settings,
      Consumer<String> confirmed) {
    this.thread = thread;
    this.clock = clock;
    this.connection = connection;
    outbox = new Outbox(settings, instance, new ToConnection(), confirmed::accept);
    storeKeeper = new StoreKeeper("simulated", outbox, this::post, clock);
    connection.addListener(new FromConnection());
  }

  public void store(@Nullable MessageStoreProvider provider) {
    post(() -> storeKeeper.use(provider));
  }

  /** Stores a message and tells whether it was accepted. */
  public void publish(OutgoingMessage message, int priority, Consumer<Boolean> accepted) {
    post(
        () -> {
          try {
            outbox.put(message, priority, clock.get());
            accepted.accept(true);
          } catch (KuraStoreException e) {
            accepted.accept(false);
          }
        });
  }

  public OutboxStatus status() {
    return outbox.status();
  }

  private void post(Runnable event) {
    thread.execute(
        () -> {
          event.run();
          cycle();
        });
  }

  private void cycle() {
    storeKeeper.openIfDue();
    boolean more = outbox.run(BATCH, clock.get());
    Moment now = clock.get();
    long idle = more ? 0 : Math.min(outbox.millisToNextRun(now), storeKeeper.millisToNextTry());
    if (idle < Long.MAX_VALUE && now.monotonicMillis() + idle < wakeAtMillis) {
      long at = now.monotonicMillis() + idle;
      wakeAtMillis = at;
      var unused = thread.schedule(() -> wake(at), Math.max(1, idle), TimeUnit.MILLISECONDS);
    }
  }

  private void wake(long at) {
    if (at == wakeAtMillis) {
      wakeAtMillis = Long.MAX_VALUE;
      cycle();
    }
  }

  private final class FromConnection implements HubConnectionListener {
    @Override
    public void up(long session) {
      post(() -> outbox.up(session));
    }

    @Override
    public void draining(long session) {
      post(() -> outbox.draining(session));
    }

    @Override
    public void down(long session, boolean onPurpose) {
      post(() -> outbox.down(session));
    }
  }

  private final class ToConnection implements Transmitter {
    @Override
    public void send(long session, long attempt, OutgoingMessage message) {
      connection.send(session, message, new AttemptDelivery(attempt));
    }

    @Override
    public void renew(long session, String why) {
      connection.renew(session, why);
    }
  }

  private final class AttemptDelivery implements Delivery {
    private final long attempt;

    AttemptDelivery(long attempt) {
      this.attempt = attempt;
    }

    @Override
    public void confirmed() {
      answered(Answer.CONFIRMED, "");
    }

    @Override
    public void unconfirmed(String why) {
      answered(Answer.UNCONFIRMED, why);
    }

    @Override
    public void rejected(String why) {
      answered(Answer.REJECTED, why);
    }

    private void answered(Answer answer, String why) {
      post(() -> outbox.answered(attempt, answer, why, clock.get()));
    }
  }
}
