/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.outbox;

import io.rejoin.azure.iothub.connection.HubConnection;
import io.rejoin.azure.iothub.connection.HubConnectionListener;
import io.rejoin.azure.iothub.message.Delivery;
import io.rejoin.azure.iothub.message.MessageRules;
import io.rejoin.azure.iothub.message.OutgoingMessage;
import io.rejoin.reconnect.Moment;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.KuraNotConnectedException;
import org.eclipse.kura.KuraStoreException;
import org.eclipse.kura.message.store.provider.MessageStoreProvider;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs an {@link Outbox} on one thread, which makes every call to the message store but one kind:
 * while messages are being stored, another thread tells the store which are done, so that the two
 * do not wait for each other's commit. Sessions, answers and changes of configuration reach the
 * first as events. Thread-safe; only {@link #publish} waits, for the store.
 */
public final class OutboxRunner {
  private static final Logger logger = LoggerFactory.getLogger(OutboxRunner.class);

  /** How many events are dealt with, and how many messages sent, in turn: rather more sent. */
  private static final int EVENTS = 64;

  private static final int SENDS = 128;

  private static final long SETTLING_IDLE_SECONDS = 10;

  /** A store that takes longer counts as failing; the message may be stored nevertheless. */
  private static final long STORE_TIMEOUT_SECONDS = 30;

  /** What the hub answered: comes before everything else, since it makes room in the window. */
  private final Queue<Runnable> answers = new ConcurrentLinkedQueue<>();

  private final Queue<Runnable> events = new ConcurrentLinkedQueue<>();
  private final AtomicInteger volatileInFlight = new AtomicInteger();
  private final Supplier<Moment> clock;
  private final Outbox outbox;
  private final StoreKeeper storeKeeper;
  private final Thread thread;
  private final ThreadPoolExecutor settling;

  private volatile OutboxStatus status;
  private volatile OutboxSettings settings;
  private volatile boolean stopping;
  private volatile boolean stopped;
  private volatile @Nullable Live live;
  private @Nullable Link link;

  /** A session that takes messages. */
  private record Live(HubConnection connection, long session) {}

  /**
   * Makes a runner; {@link #start} starts its thread.
   *
   * @param name names the store's table and the thread
   * @param instance see {@link Outbox}
   */
  public OutboxRunner(
      String name, OutboxSettings settings, String instance, OutboxListener listener) {
    this(name, settings, instance, listener, OutboxRunner::now);
  }

  OutboxRunner(
      String name,
      OutboxSettings settings,
      String instance,
      OutboxListener listener,
      Supplier<Moment> clock) {
    this.clock = clock;
    this.settings = settings;
    this.outbox = new Outbox(settings, instance, new ToLink(), listener);
    this.storeKeeper = new StoreKeeper(name, outbox, this::post, clock);
    this.status = outbox.status();
    this.thread = daemon(this::loop, "rejoin-outbox-" + name);
    this.settling =
        new ThreadPoolExecutor(
            0,
            1,
            SETTLING_IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> daemon(task, "rejoin-outbox-settling-" + name));
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  private static Moment now() {
    return new Moment(TimeUnit.NANOSECONDS.toMillis(System.nanoTime()), System.currentTimeMillis());
  }

  public void start() {
    thread.start();
  }

  /** Ends the thread after the events that have arrived; does not wait for it. */
  public void stop() {
    post(() -> stopping = true);
  }

  public void settings(OutboxSettings changed) {
    settings = changed;
    post(() -> outbox.settings(changed, clock.get()));
  }

  /** Uses this provider's message store from now on; null for none. */
  public void store(@Nullable MessageStoreProvider provider) {
    post(() -> storeKeeper.use(provider));
  }

  /** Sends over this connection from now on; null for none. */
  public void connection(@Nullable HubConnection connection) {
    post(() -> connect(connection));
  }

  /** As of the last event; never waits. */
  public OutboxStatus status() {
    return status;
  }

  /**
   * Accepts a message: with QoS 1 it is stored when this returns, with QoS 0 it is on its way.
   *
   * @throws KuraException says why the message was not accepted
   */
  public void publish(OutgoingMessage message, int priority) throws KuraException {
    String problem = MessageRules.problem(message);
    if (problem != null) {
      throw new KuraException(KuraErrorCode.BAD_REQUEST, null, problem);
    }
    if (message.qos() == 0) {
      sendUnstored(message);
    } else if (Thread.currentThread() == thread) {
      outbox.put(message, priority, clock.get());
    } else {
      store(message, priority);
    }
  }

  private void sendUnstored(OutgoingMessage message) throws KuraException {
    Live current = live;
    if (current == null) {
      throw new KuraNotConnectedException("a message with QoS 0 is sent only while connected");
    }
    if (volatileInFlight.incrementAndGet() > settings.window()) {
      volatileInFlight.decrementAndGet();
      throw new KuraException(
          KuraErrorCode.TOO_MANY_INFLIGHT_MESSAGES, null, "too many messages with QoS 0 at once");
    }
    current.connection().send(current.session(), message, new UnstoredDelivery());
  }

  /** Has the outbox's thread store a message; the future says when it is stored, or why not. */
  CompletableFuture<Void> submit(OutgoingMessage message, int priority) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    post(new Put(message, priority, done));
    if (stopped) {
      drain();
    }
    return done;
  }

  private void store(OutgoingMessage message, int priority) throws KuraException {
    try {
      submit(message, priority).get(STORE_TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof KuraException refusal) {
        throw refusal;
      }
      throw new KuraStoreException(e.getCause(), String.valueOf(e.getCause()));
    } catch (TimeoutException e) {
      throw new KuraStoreException(
          e, "the message store did not answer within " + STORE_TIMEOUT_SECONDS + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KuraStoreException(e, "interrupted while storing");
    }
  }

  /** Stores a message, when its turn comes. */
  private final class Put implements Runnable {
    private final OutgoingMessage message;
    private final int priority;
    private final CompletableFuture<Void> done;

    Put(OutgoingMessage message, int priority, CompletableFuture<Void> done) {
      this.message = message;
      this.priority = priority;
      this.done = done;
    }

    @Override
    public void run() {
      try {
        if (stopped) {
          throw new KuraStoreException("the connection has been shut down");
        }
        outbox.put(message, priority, clock.get());
        done.complete(null);
      } catch (KuraStoreException | RuntimeException e) {
        done.completeExceptionally(e);
      }
    }
  }

  // --- the thread

  private void post(Runnable event) {
    events.add(event);
    LockSupport.unpark(thread);
  }

  private void loop() {
    while (!stopping) {
      try {
        boolean more = handle(answers, Integer.MAX_VALUE) | handlePuts() | handle(events, EVENTS);
        storeKeeper.openIfDue();
        more |= outbox.run(SENDS, clock.get());
        status = outbox.status();
        if (!more) {
          idle();
        }
      } catch (RuntimeException e) {
        logger.error("The outbox goes on after an unexpected error", e);
      }
    }
    drain();
    outbox.settle();
    connect(null);
    storeKeeper.leave();
    settling.shutdown();
    stopped = true;
    drain();
  }

  /** Stores what is to be stored first, and meanwhile has the store told which are done. */
  private boolean handlePuts() {
    Settlement settlement = nextIsPut() ? outbox.settlement() : null;
    if (settlement == null) {
      return false;
    }
    CompletableFuture<Void> told = CompletableFuture.runAsync(settlement, settling);
    for (int i = 0; i < EVENTS && nextIsPut(); i++) {
      events.remove().run();
    }
    told.join();
    outbox.settled(settlement);
    return true;
  }

  private boolean nextIsPut() {
    return events.peek() instanceof Put;
  }

  /** Waits until something is due or something happens. An interrupt, by whomever, ends nothing. */
  private void idle() {
    Thread.interrupted();
    Moment now = clock.get();
    long millis = Math.min(outbox.millisToNextRun(now), storeKeeper.millisToNextTry());
    if (millis == Long.MAX_VALUE) {
      LockSupport.park(this);
    } else if (millis > 0) {
      LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(millis));
    }
  }

  private static boolean handle(Queue<Runnable> queue, int most) {
    for (int i = 0; i < most; i++) {
      Runnable event = queue.poll();
      if (event == null) {
        return i > 0;
      }
      event.run();
    }
    return true;
  }

  private void drain() {
    handle(answers, Integer.MAX_VALUE);
    handle(events, Integer.MAX_VALUE);
  }

  // --- the connection

  private void connect(@Nullable HubConnection connection) {
    Link old = link;
    if (old != null) {
      if (old.connection == connection) {
        return;
      }
      link = null;
      old.connection.removeListener(old);
      live = null;
      outbox.down(old.session);
    }
    if (connection != null) {
      Link fresh = new Link(connection);
      link = fresh;
      connection.addListener(fresh);
    }
  }

  /** Turns what one connection tells into events; what an abandoned one tells means nothing. */
  private final class Link implements HubConnectionListener {
    private final HubConnection connection;
    private long session;

    Link(HubConnection connection) {
      this.connection = connection;
    }

    @Override
    public void up(long newSession) {
      onThread(
          () -> {
            session = newSession;
            live = new Live(connection, newSession);
            outbox.up(newSession);
          });
    }

    @Override
    public void draining(long drainingSession) {
      onThread(
          () -> {
            live = null;
            outbox.draining(drainingSession);
          });
    }

    @Override
    public void down(long endedSession, boolean onPurpose) {
      onThread(
          () -> {
            live = null;
            outbox.down(endedSession);
          });
    }

    private void onThread(Runnable event) {
      post(
          () -> {
            if (link == this) {
              event.run();
            }
          });
    }
  }

  private final class ToLink implements Transmitter {
    @Override
    public void send(long session, long attempt, OutgoingMessage message) {
      Link current = link;
      Delivery delivery = new AttemptDelivery(attempt);
      try {
        Objects.requireNonNull(current, "sent without a connection")
            .connection
            .send(session, message, delivery);
      } catch (RuntimeException e) {
        delivery.unconfirmed(e.toString());
      }
    }

    @Override
    public void renew(long session, String why) {
      Link current = link;
      if (current != null) {
        current.connection.renew(session, why);
      }
    }
  }

  /** Carries the answer to the outbox's thread, where it is an event like any other. */
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
      answers.add(() -> outbox.answered(attempt, answer, why, clock.get()));
      LockSupport.unpark(thread);
    }
  }

  private final class UnstoredDelivery implements Delivery {
    @Override
    public void confirmed() {
      volatileInFlight.decrementAndGet();
    }

    @Override
    public void unconfirmed(String why) {
      volatileInFlight.decrementAndGet();
    }

    @Override
    public void rejected(String why) {
      volatileInFlight.decrementAndGet();
      logger.warn("A message with QoS 0 was not sent: {}", why);
    }
  }
}
