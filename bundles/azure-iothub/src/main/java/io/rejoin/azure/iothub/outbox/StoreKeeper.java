/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.outbox;

import io.rejoin.reconnect.Moment;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.eclipse.kura.KuraStoreException;
import org.eclipse.kura.connection.listener.ConnectionListener;
import org.eclipse.kura.message.store.provider.MessageStore;
import org.eclipse.kura.message.store.provider.MessageStoreProvider;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the message store of whatever provider there is, and opens it again when it fails or its
 * database comes back. Used on the outbox's thread alone.
 */
final class StoreKeeper {
  private static final Logger logger = LoggerFactory.getLogger(StoreKeeper.class);
  private static final long FIRST_RETRY_MILLIS = 1_000;
  private static final long LAST_RETRY_MILLIS = 30_000;

  private final String storeName;
  private final Outbox outbox;
  private final Consumer<Runnable> onOutboxThread;
  private final Supplier<Moment> clock;

  private @Nullable MessageStoreProvider provider;
  private @Nullable ConnectionListener listener;
  private @Nullable MessageStore opened;
  private long retryMillis = FIRST_RETRY_MILLIS;
  private long openAtMillis;

  StoreKeeper(
      String storeName, Outbox outbox, Consumer<Runnable> onOutboxThread, Supplier<Moment> clock) {
    this.clock = clock;
    this.storeName = storeName;
    this.outbox = outbox;
    this.onOutboxThread = onOutboxThread;
  }

  /** Changes to another provider; null for none. */
  void use(@Nullable MessageStoreProvider other) {
    if (other == provider) {
      return;
    }
    leave();
    provider = other;
    if (other == null) {
      outbox.close("there is no message store");
      return;
    }
    outbox.close("the message store is being opened");
    ConnectionListener own = new DatabaseListener(other);
    listener = own;
    guarded(() -> other.addListener(own));
    retryMillis = FIRST_RETRY_MILLIS;
    openAtMillis = clock.get().monotonicMillis();
    openIfDue();
  }

  /** Opens the store if there is none open and it is time to try. */
  void openIfDue() {
    Moment now = clock.get();
    MessageStoreProvider current = provider;
    if (current == null || outbox.isOpen() || now.monotonicMillis() < openAtMillis) {
      return;
    }
    openAtMillis = now.monotonicMillis() + retryMillis;
    try {
      closeOpened();
      MessageStore store = current.openMessageStore(storeName);
      opened = store;
      outbox.open(new KuraOutboxStore(store), now);
      retryMillis = FIRST_RETRY_MILLIS;
      openAtMillis = now.monotonicMillis() + FIRST_RETRY_MILLIS;
    } catch (KuraStoreException | RuntimeException e) {
      outbox.close("the message store cannot be opened: " + e.getMessage());
      if (retryMillis == FIRST_RETRY_MILLIS) {
        logger.warn("The message store cannot be opened: {}; trying on", e.getMessage());
      }
      retryMillis = Math.min(LAST_RETRY_MILLIS, 2 * retryMillis);
    }
  }

  long millisToNextTry() {
    return provider == null || outbox.isOpen()
        ? Long.MAX_VALUE
        : Math.max(0, openAtMillis - clock.get().monotonicMillis());
  }

  /** Lets go of the provider. */
  void leave() {
    MessageStoreProvider left = provider;
    ConnectionListener own = listener;
    if (left != null && own != null) {
      guarded(() -> left.removeListener(own));
    }
    closeOpened();
    provider = null;
    listener = null;
  }

  private void closeOpened() {
    MessageStore store = opened;
    opened = null;
    if (store != null) {
      guarded(store::close);
    }
  }

  private static void guarded(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      logger.debug("The message store, on its way out: {}", e.toString());
    }
  }

  private final class DatabaseListener implements ConnectionListener {
    private final MessageStoreProvider of;

    DatabaseListener(MessageStoreProvider of) {
      this.of = of;
    }

    @Override
    public void connected() {
      onOutboxThread.accept(() -> changed("the database has been replaced", 0));
    }

    @Override
    public void disconnected() {
      onOutboxThread.accept(() -> changed("the database is not there", FIRST_RETRY_MILLIS));
    }

    private void changed(String why, long waitMillis) {
      if (provider == of) {
        outbox.close(why);
        openAtMillis = clock.get().monotonicMillis() + waitMillis;
      }
    }
  }
}
