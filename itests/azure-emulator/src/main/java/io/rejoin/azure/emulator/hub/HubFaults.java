/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator.hub;

import io.rejoin.azure.emulator.net.HttpReply;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a hub does wrong, above TLS. Faults below TLS are the {@link
 * io.rejoin.azure.emulator.net.Door}'s. Each holds until changed, or until {@link
 * HubEmulator#clearFaults}. Thread-safe.
 */
public final class HubFaults {
  private static final int FOREVER = Integer.MAX_VALUE;
  private static final int OK = 200;

  private int refusalCode;
  private int refusalsLeft;
  private int pubacksToLose;
  private volatile @Nullable HubError error;
  private volatile boolean connackWithheld;
  private volatile Duration connackDelay = Duration.ZERO;
  private volatile Pubacks pubacks = Pubacks.WHEN_KEPT;
  private volatile Duration pubackDelay = Duration.ZERO;
  private volatile @Nullable HttpReply httpsReply;
  private volatile int twinStatus = OK;

  HubFaults() {}

  /** Answers each CONNECT with this return code, whoever asks; 0 ends it. */
  public void refuse(int connackCode) {
    refuseNext(connackCode, FOREVER);
  }

  /** Answers the next CONNECTs with this return code. */
  public synchronized void refuseNext(int connackCode, int times) {
    if (connackCode < 0 || connackCode > 255) {
      throw new IllegalArgumentException("a return code is from 0 to 255, not " + connackCode);
    }
    refusalCode = connackCode;
    refusalsLeft = connackCode == 0 ? 0 : times;
  }

  /** The return code for this CONNECT; 0 when it is to be judged on its merits. */
  synchronized int takeRefusal() {
    if (refusalsLeft == 0) {
      return 0;
    }
    if (refusalsLeft != FOREVER) {
      refusalsLeft--;
    }
    return refusalCode;
  }

  /** Puts the whole hub into a state: CONNACK 5 over MQTT, this error over HTTPS. */
  public void fail(@Nullable HubError newError) {
    error = newError;
  }

  Optional<HubError> error() {
    return Optional.ofNullable(error);
  }

  /** Accepts TLS and the CONNECT, and never answers it. */
  public void withholdConnack(boolean withhold) {
    connackWithheld = withhold;
  }

  boolean connackWithheld() {
    return connackWithheld;
  }

  public void delayConnack(Duration delay) {
    connackDelay = delay;
  }

  Duration connackDelay() {
    return connackDelay;
  }

  public void pubacks(Pubacks when) {
    pubacks = when;
  }

  Pubacks pubacks() {
    return pubacks;
  }

  public void delayPuback(Duration delay) {
    pubackDelay = delay;
  }

  Duration pubackDelay() {
    return pubackDelay;
  }

  /** Receives and keeps the next messages, and never confirms them on this connection. */
  public synchronized void losePubacks(int number) {
    pubacksToLose = number;
  }

  synchronized boolean takeLostPuback() {
    if (pubacksToLose == 0) {
      return false;
    }
    pubacksToLose--;
    return true;
  }

  /** Answers all HTTPS requests so, whoever asks: a login page, garbage, silence. */
  public void answerHttps(@Nullable HttpReply reply) {
    httpsReply = reply;
  }

  Optional<HttpReply> httpsReply() {
    return Optional.ofNullable(httpsReply);
  }

  /** Answers twin requests with this status, such as 429; 200 ends it. */
  public void answerTwin(int status) {
    twinStatus = status;
  }

  Optional<Integer> twinStatus() {
    int status = twinStatus;
    return status == OK ? Optional.empty() : Optional.of(status);
  }

  void clear() {
    refuse(0);
    losePubacks(0);
    fail(null);
    withholdConnack(false);
    delayConnack(Duration.ZERO);
    pubacks(Pubacks.WHEN_KEPT);
    delayPuback(Duration.ZERO);
    answerHttps(null);
    answerTwin(OK);
  }
}
