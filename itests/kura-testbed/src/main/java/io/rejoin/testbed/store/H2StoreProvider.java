/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.testbed.store;

import io.rejoin.testbed.StoreCall;
import io.rejoin.testbed.StoreFaults;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.KuraStoreException;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.connection.listener.ConnectionListener;
import org.eclipse.kura.crypto.CryptoService;
import org.eclipse.kura.message.store.provider.MessageStore;
import org.eclipse.kura.message.store.provider.MessageStoreProvider;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kura's H2 database service, as measured on Kura 5.6.0 and read in it:
 *
 * <ul>
 *   <li>Any bundle gets a further database by creating a configuration of the factory {@value
 *       #PID}.
 *   <li>The service is registered before the database is open; calls wait for that. If it cannot be
 *       opened the service stays, and each call fails.
 *   <li>All calls run on one thread of the provider, whoever calls waits. An interrupted caller
 *       gets a {@link KuraStoreException}.
 *   <li>When the provider is gone, calls on its stores throw {@link
 *       java.util.concurrent.RejectedExecutionException}.
 *   <li>Listeners are told on a thread of their own, later. {@code disconnected} means: closed on a
 *       change of URL or user or at the end, or no connection to be had.
 *   <li>A second database with the URL of an open one fails, and only that.
 *   <li>The password has to be encrypted: a plain one, as it arrives on the first activation,
 *       fails.
 * </ul>
 *
 * <p>Left out: changing the password of an existing database, checkpoints and the timer of the
 * defragmentation ({@link StoreFaults#defragment} does it on demand).
 */
@Component(
    name = H2StoreProvider.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    service = {MessageStoreProvider.class, ConfigurableComponent.class, StoreFaults.class})
@Designate(ocd = H2StoreMetatype.class, factory = true)
public final class H2StoreProvider
    implements MessageStoreProvider, ConfigurableComponent, StoreFaults, Database {
  static final String PID = "org.eclipse.kura.core.db.H2DbService";

  private static final Logger logger = LoggerFactory.getLogger(H2StoreProvider.class);
  private static final Map<String, H2StoreProvider> ownerByUrl = new ConcurrentHashMap<>();

  private final CryptoService crypto;
  private final InstantSource clock;
  private final FaultGate gate = new FaultGate();
  private final List<ConnectionListener> listeners = new CopyOnWriteArrayList<>();
  private final ExecutorService calls = Executors.newSingleThreadExecutor();
  private final ExecutorService notifications = Executors.newSingleThreadExecutor();

  /** Both are used by the thread of the calls alone. */
  private @Nullable H2Settings settings;

  private @Nullable H2Database database;

  @Activate
  public H2StoreProvider(@Reference CryptoService crypto, Map<String, Object> properties) {
    this(crypto, properties, InstantSource.system());
  }

  H2StoreProvider(CryptoService crypto, Map<String, Object> properties, InstantSource clock) {
    this.crypto = crypto;
    this.clock = clock;
    update(properties);
  }

  @Modified
  void update(Map<String, Object> properties) {
    calls.execute(() -> apply(properties));
  }

  /** Closes the database, as a framework does, or who made this provider without one. */
  @Deactivate
  public void stop() throws InterruptedException {
    gate.block(false);
    calls.execute(this::close);
    calls.shutdown();
    calls.awaitTermination(1, TimeUnit.MINUTES);
    notifications.shutdown();
    notifications.awaitTermination(1, TimeUnit.MINUTES);
  }

  @Override
  public MessageStore openMessageStore(String name) throws KuraStoreException {
    return new H2MessageStore(this, name, clock);
  }

  @Override
  public void addListener(ConnectionListener listener) {
    if (!listeners.contains(listener)) {
      listeners.add(listener);
    }
  }

  @Override
  public void removeListener(ConnectionListener listener) {
    listeners.remove(listener);
  }

  @Override
  public <T> T run(StoreCall call, Work<T> work) throws KuraStoreException {
    Future<T> result = calls.submit(() -> runNow(call, work));
    try {
      return result.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KuraStoreException(e, "Database operation interrupted");
    } catch (ExecutionException e) {
      throw new KuraStoreException(e.getCause(), "Database operation failed: " + call);
    }
  }

  @Override
  public void fail(StoreCall call, int times) {
    gate.fail(call, times);
  }

  @Override
  public void interrupt() {
    gate.interrupt(true);
    tell(ConnectionListener::disconnected);
  }

  @Override
  public void restore() {
    gate.interrupt(false);
    tell(ConnectionListener::connected);
  }

  @Override
  public void block() {
    gate.block(true);
  }

  @Override
  public void unblock() {
    gate.block(false);
  }

  @Override
  public void defragment() {
    calls.execute(this::reopenCompacted);
  }

  private <T> T runNow(StoreCall call, Work<T> work) throws SQLException {
    gate.pass(call);
    try (Connection connection = connection()) {
      return work.on(connection);
    }
  }

  private Connection connection() throws SQLException {
    if (database == null) {
      throw new SQLException("Database instance not initialized");
    }
    try {
      return database.connection();
    } catch (SQLException e) {
      tell(ConnectionListener::disconnected);
      throw e;
    }
  }

  private void apply(Map<String, Object> properties) {
    try {
      H2Settings wanted = H2Settings.of(properties);
      if (settings != null && isAnotherDatabase(settings, wanted)) {
        close();
      }
      wanted.check();
      if (ownerByUrl.getOrDefault(wanted.baseUrl(), this) != this) {
        throw new IllegalStateException(
            "Another H2DbService instance is managing " + wanted.baseUrl());
      }
      if (database == null) {
        open(wanted);
      }
    } catch (SQLException | KuraException | RuntimeException e) {
      close();
      logger.error("Database initialization failed: {}", e.getMessage());
    }
  }

  private static boolean isAnotherDatabase(H2Settings old, H2Settings wanted) {
    return !old.url().equals(wanted.url()) || !old.user().equalsIgnoreCase(wanted.user());
  }

  private void open(H2Settings wanted) throws SQLException, KuraException {
    logger.info("Opening database with url: {}", wanted.url());
    String password = new String(crypto.decryptAes(wanted.password().toCharArray()));
    database = H2Database.open(wanted, password);
    settings = wanted;
    ownerByUrl.put(wanted.baseUrl(), this);
    tell(ConnectionListener::connected);
  }

  private void close() {
    if (database == null || settings == null) {
      return;
    }
    try {
      database.shutdown();
    } catch (SQLException e) {
      logger.warn("Error closing {}: {}", settings.url(), e.getMessage());
    }
    ownerByUrl.remove(settings.baseUrl(), this);
    database = null;
    tell(ConnectionListener::disconnected);
  }

  private void reopenCompacted() {
    if (database == null || settings == null || !settings.isFile()) {
      return;
    }
    try {
      database.shutdownCompacting();
      open(settings);
    } catch (SQLException | KuraException e) {
      logger.error("Failed to shutdown and defrag db: {}", e.getMessage());
    }
  }

  private void tell(Consumer<ConnectionListener> event) {
    notifications.execute(() -> listeners.forEach(listener -> tell(listener, event)));
  }

  private static void tell(ConnectionListener listener, Consumer<ConnectionListener> event) {
    try {
      event.accept(listener);
    } catch (RuntimeException e) {
      logger.warn("Unexpected exception dispatching event", e);
    }
  }
}
