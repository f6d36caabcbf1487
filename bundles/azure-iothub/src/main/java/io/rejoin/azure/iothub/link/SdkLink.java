/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.link;

import static io.rejoin.azure.iothub.link.SdkFailures.Moment.OPEN;
import static io.rejoin.azure.iothub.link.SdkFailures.Moment.OPENING;

import com.microsoft.azure.sdk.iot.device.ConnectionStatusChangeContext;
import com.microsoft.azure.sdk.iot.device.DeviceClient;
import com.microsoft.azure.sdk.iot.device.IotHubStatusCode;
import com.microsoft.azure.sdk.iot.device.exceptions.IotHubClientException;
import com.microsoft.azure.sdk.iot.device.transport.IotHubConnectionStatus;
import io.rejoin.azure.iothub.link.Flights.Flight;
import io.rejoin.azure.iothub.link.socket.CertificateName;
import io.rejoin.azure.iothub.link.socket.LinkSockets;
import io.rejoin.azure.iothub.link.socket.LinkSslContext;
import io.rejoin.azure.iothub.message.CloudListener;
import io.rejoin.azure.iothub.message.Delivery;
import io.rejoin.azure.iothub.message.MessageRules;
import io.rejoin.azure.iothub.message.OutgoingMessage;
import io.rejoin.provisioning.DeviceCredential;
import io.rejoin.retry.Failure;
import io.rejoin.retry.FailureKind;
import java.io.IOException;
import java.net.SocketException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A link through one client of the SDK. Its own lock guards its state and is never held while the
 * SDK is called; the listener is told of the opening under it, so that no loss can overtake.
 */
final class SdkLink implements HubLink {
  private static final Logger logger = LoggerFactory.getLogger(SdkLink.class);

  /** What a hub gets to take leave properly, before the socket is cut. */
  private static final Duration FAREWELL = Duration.ofSeconds(2);

  /** What the SDK gets to tell of a loss itself, with its reason. */
  private static final Duration SDK_TELLS_WITHIN = Duration.ofSeconds(1);

  /** What the SDK's sending thread gets to end by itself. */
  private static final Duration SENDING_ENDS_WITHIN = Duration.ofSeconds(1);

  private static final double SHORTEST_TOKEN_LIFE = 0.75;
  private static final double LONGEST_TOKEN_LIFE = 0.95;

  private static final Failure CLOSED =
      Failure.of(FailureKind.CONNECTION_CLOSED, "the link was closed");

  private enum State {
    OPENING,
    OPEN,
    ENDED
  }

  private final LinkSettings settings;
  private final LinkListener listener;
  private final CloudListener cloudListener;
  private final LinkRuntime runtime;
  private final Flights flights = new Flights();
  private final CompletableFuture<@Nullable Void> drained = new CompletableFuture<>();
  private State state = State.OPENING;
  private boolean draining;
  private @Nullable SasToken token;
  private @Nullable LinkSockets sockets;
  private @Nullable DeviceClient client;
  private @Nullable SdkSender sender;
  private @Nullable SdkCloud cloud;
  private @Nullable Future<?> openTimer;

  SdkLink(
      LinkSettings settings,
      LinkListener listener,
      CloudListener cloudListener,
      LinkRuntime runtime) {
    this.settings = settings;
    this.listener = listener;
    this.cloudListener = cloudListener;
    this.runtime = runtime;
  }

  /** Starts to open; to be called once. */
  void start() {
    synchronized (this) {
      openTimer = later(settings.connectTimeout(), this::openTimeOut);
    }
    runtime.workers().execute(this::open);
  }

  private Future<?> later(Duration delay, Runnable task) {
    return runtime.timer().schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
  }

  // ---- opening

  private void open() {
    try {
      Failure own = problemOfOurs();
      if (own != null) {
        openFailed(own);
        return;
      }
      DeviceClient opening = prepare();
      if (opening == null) {
        return;
      }
      opening.open(false);
      opened();
    } catch (Throwable t) { // the SDK throws errors too, such as NoClassDefFoundError
      if (isOpening()) {
        logger.debug("Connecting to {} failed", settings.host(), t);
        openFailed(secondLook(SdkFailures.classify(t, OPENING)));
      }
    }
  }

  /** What makes an attempt pointless, null when nothing does. */
  private @Nullable Failure problemOfOurs() {
    Failure clock = PlausibleClock.problem(hubTime());
    return clock == null ? OwnCertificate.problem(settings.credential(), hubTime()) : clock;
  }

  /** A client that is ready to be opened; null when the link ended meanwhile. */
  private @Nullable DeviceClient prepare() throws IOException, GeneralSecurityException {
    LinkSockets mine = newSockets();
    SasToken madeToken = newToken();
    DeviceClient made = SdkClients.create(settings, madeToken, new LinkSslContext(mine));
    made.setConnectionStatusChangeCallback(this::statusChanged, null);
    mine.onStopped(() -> later(SDK_TELLS_WITHIN, () -> stopped(mine)));
    SdkCloud madeCloud = new SdkCloud(made, cloudListener, runtime);
    synchronized (this) {
      if (state == State.ENDED) {
        return null;
      }
      token = madeToken;
      sockets = mine;
      client = made;
      sender = new SdkSender(made);
      cloud = madeCloud;
    }
    return made;
  }

  private LinkSockets newSockets() throws GeneralSecurityException {
    KeyManager[] keys =
        settings.credential() instanceof DeviceCredential.Certificate certificate
            ? certificate.keyManagers()
            : null;
    SSLSocketFactory tls = settings.trust().context(keys).getSocketFactory();
    return new LinkSockets(
        runtime.resolver(),
        settings.mqtt(),
        tls,
        LinkSockets.TLS,
        runtime.nanoTime(),
        settings.connectTimeout());
  }

  /** May block for as long as a security chip takes to sign. */
  private @Nullable SasToken newToken() {
    if (!(settings.credential() instanceof DeviceCredential.SharedKey key)) {
      return null;
    }
    double share = runtime.random().nextDouble(SHORTEST_TOKEN_LIFE, LONGEST_TOKEN_LIFE);
    Duration life = Duration.ofMillis((long) (settings.tokenLife().toMillis() * share));
    return SasToken.sign(key, settings.host(), settings.deviceId(), hubTime(), life);
  }

  private Failure secondLook(Failure failure) {
    return new SecondLook(runtime.resolver(), settings.referenceName())
        .at(failure, () -> CertificateName.isForeign(runtime.resolver(), settings.mqtt()));
  }

  private void opened() {
    SdkCloud mine;
    synchronized (this) {
      if (state != State.OPENING) {
        return;
      }
      state = State.OPEN;
      cancelOpenTimer();
      mine = cloud;
      listener.opened(this);
    }
    if (mine != null) {
      mine.subscribe(this::subscriptionFailed);
    }
  }

  private void openTimeOut() {
    openFailed(
        Failure.of(
            FailureKind.TIMED_OUT,
            "not connected within " + settings.connectTimeout().toSeconds() + " s"));
  }

  private void openFailed(Failure failure) {
    if (end(State.OPENING)) {
      listener.openFailed(this, failure);
      cutAndClose();
    }
  }

  // ---- losing

  /** On a thread of the SDK, which is interrupted in some of its calls: hands over, no more. */
  private void statusChanged(ConnectionStatusChangeContext change) {
    if (change.getNewStatus() != IotHubConnectionStatus.CONNECTED) {
      Throwable cause = change.getCause();
      lost(cause == null ? new SocketException("the SDK gave no reason") : cause);
    }
  }

  /** Mostly since the link is gone, of which the SDK then tells too, and why. */
  private void subscriptionFailed(Throwable cause) {
    Future<?> unused = later(SDK_TELLS_WITHIN, () -> lost(cause));
  }

  /** The SDK does not tell of a connection that is lost in the moment in which it opens. */
  private void stopped(LinkSockets mine) {
    lost(new SocketException("closed as soon as it was open"));
    endSending(mine);
  }

  private void endSending(LinkSockets mine) {
    if (!mine.endSending()) {
      Future<?> unused = later(SENDING_ENDS_WITHIN, () -> endSending(mine));
    }
  }

  private void lost(Throwable cause) {
    Duration quiet = quiet();
    if (!end(State.OPEN)) {
      return;
    }
    logger.debug("The connection to {} was lost", settings.host(), cause);
    Failure failure = tokenHasExpired(SdkFailures.classify(cause, OPEN));
    answerAll(failure);
    listener.lost(this, failure, quiet);
    cutAndClose();
  }

  /** IoT Hub drops a connection whose token ran out, without a word. */
  private Failure tokenHasExpired(Failure failure) {
    Instant end = tokenExpiresAt();
    return end != null
            && failure.kind() == FailureKind.CONNECTION_CLOSED
            && !runtime.clock().instant().isBefore(end)
        ? Failure.of(FailureKind.TOKEN_EXPIRED, "at " + end)
        : failure;
  }

  private synchronized Duration quiet() {
    return sockets == null ? Duration.ZERO : sockets.quiet();
  }

  private Instant hubTime() {
    return runtime.clock().instant().plus(settings.clockSkew());
  }

  // ---- ending

  @Override
  public void close() {
    boolean wasOpen;
    boolean idle;
    synchronized (this) {
      if (state == State.ENDED) {
        return;
      }
      wasOpen = state == State.OPEN;
      idle = flights.isEmpty();
      state = State.ENDED;
      cancelOpenTimer();
    }
    answerAll(CLOSED);
    if (wasOpen && idle) {
      takeLeave();
    } else {
      cutAndClose();
    }
  }

  /** True for the one caller who ended a link that was in this state. */
  private synchronized boolean end(State from) {
    if (state != from) {
      return false;
    }
    state = State.ENDED;
    cancelOpenTimer();
    return true;
  }

  private void cancelOpenTimer() {
    if (openTimer != null) {
      openTimer.cancel(false);
    }
  }

  private void answerAll(Failure failure) {
    List<Flight> left;
    SdkCloud mine;
    synchronized (this) {
      left = flights.removeAll();
      mine = cloud;
    }
    left.forEach(flight -> flight.delivery().unconfirmed(failure.words()));
    drained.complete(null);
    if (mine != null) {
      mine.end(failure);
    }
  }

  /** Sends a DISCONNECT. With messages unconfirmed the SDK would wait 30 s for them first. */
  private void takeLeave() {
    Future<?> cut = later(FAREWELL, this::cut);
    runtime
        .workers()
        .execute(
            () -> {
              closeClient();
              cut.cancel(false);
              cut();
            });
  }

  private void cutAndClose() {
    cut();
    runtime.workers().execute(this::closeClient);
  }

  private void cut() {
    LinkSockets mine;
    synchronized (this) {
      mine = sockets;
    }
    if (mine != null) {
      mine.closeAll();
    }
  }

  /** Waits for whatever the SDK is doing. */
  private void closeClient() {
    DeviceClient mine;
    synchronized (this) {
      mine = client;
    }
    if (mine == null) {
      return;
    }
    try {
      mine.close();
    } catch (RuntimeException e) {
      logger.warn("Closing the connection to {}: {}", settings.host(), e.toString());
    }
  }

  private synchronized boolean isOpening() {
    return state == State.OPENING;
  }

  // ---- messages

  @Override
  public void send(OutgoingMessage message, Delivery delivery) {
    String problem = MessageRules.problem(message);
    if (problem != null) {
      delivery.rejected(problem);
      return;
    }
    Flight flight = new Flight(message, delivery);
    boolean refused;
    boolean now = false;
    synchronized (this) {
      refused = state != State.OPEN || draining;
      if (!refused) {
        now = flights.add(flight);
      }
    }
    if (refused) {
      delivery.unconfirmed("not connected");
    } else if (now) {
      take(flight);
    }
  }

  private void take(Flight flight) {
    SdkSender mine;
    synchronized (this) {
      mine = sender;
    }
    if (mine == null) {
      return;
    }
    try {
      mine.send(flight.message(), (sent, exception, context) -> landed(flight, exception));
    } catch (RuntimeException e) {
      done(flight, () -> flight.delivery().rejected(e.toString()));
    }
  }

  /** On the SDK's sending thread. */
  private void landed(Flight flight, @Nullable IotHubClientException exception) {
    if (exception == null) {
      done(flight, flight.delivery()::confirmed);
    } else if (exception.getStatusCode() == IotHubStatusCode.BAD_FORMAT) {
      done(flight, () -> flight.delivery().rejected("the SDK does not send it: bad format"));
    } else {
      done(flight, () -> flight.delivery().unconfirmed(String.valueOf(exception.getMessage())));
    }
  }

  /** Tells what became of a message, unless that was told already. */
  private void done(Flight flight, Runnable tell) {
    Flight next;
    boolean last;
    synchronized (this) {
      if (!flights.remove(flight)) {
        return;
      }
      next = flights.next(flight.message().messageId());
      last = draining && flights.isEmpty();
    }
    tell.run();
    if (next != null) {
      take(next);
    }
    if (last) {
      drained.complete(null);
    }
  }

  @Override
  public CompletionStage<?> drain(Duration atMost) {
    boolean nothingLeft;
    synchronized (this) {
      draining = true;
      nothingLeft = flights.isEmpty();
    }
    if (nothingLeft) {
      drained.complete(null);
    } else {
      Future<?> unused = later(atMost, () -> drained.complete(null));
    }
    return drained.copy();
  }

  // ---- the rest

  @Override
  public CompletionStage<String> twin() {
    SdkCloud mine = openCloud();
    return mine == null ? CompletableFuture.failedStage(notOpen()) : mine.twin();
  }

  @Override
  public CompletionStage<?> report(String patch) {
    SdkCloud mine = openCloud();
    return mine == null ? CompletableFuture.failedStage(notOpen()) : mine.report(patch);
  }

  private synchronized @Nullable SdkCloud openCloud() {
    return state == State.OPEN ? cloud : null;
  }

  private static LinkFailedException notOpen() {
    return new LinkFailedException(Failure.of(FailureKind.CONNECTION_CLOSED, "not connected"));
  }

  @Override
  public synchronized @Nullable Instant tokenExpiresAt() {
    return token == null ? null : token.expiresAt().minus(settings.clockSkew());
  }
}
