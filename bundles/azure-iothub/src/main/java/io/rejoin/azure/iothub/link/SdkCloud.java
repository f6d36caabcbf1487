/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.link;

import com.microsoft.azure.sdk.iot.device.ClientConfiguration;
import com.microsoft.azure.sdk.iot.device.DeviceClient;
import com.microsoft.azure.sdk.iot.device.IotHubMessageResult;
import com.microsoft.azure.sdk.iot.device.Message;
import com.microsoft.azure.sdk.iot.device.MessageType;
import com.microsoft.azure.sdk.iot.device.transport.IotHubTransportMessage;
import com.microsoft.azure.sdk.iot.device.twin.DeviceOperations;
import io.rejoin.azure.iothub.message.CloudListener;
import io.rejoin.azure.iothub.message.DirectMethodAnswer;
import io.rejoin.retry.Failure;
import io.rejoin.retry.FailureKind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cloud-to-device messages, direct methods and the twin of one link. Speaks with the SDK below its
 * classes for twin and methods: those parse every JSON into objects, refuse what they do not know,
 * hold a lock of the whole JVM while a method runs, and now and then forget who asked for the twin
 * before the answer is delivered. Here JSON passes as it is, and answers are found by request id.
 */
final class SdkCloud {
  private static final Logger logger = LoggerFactory.getLogger(SdkCloud.class);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);
  private static final DirectMethodAnswer FAILED =
      DirectMethodAnswer.error(500, "the method failed");

  private final DeviceClient client;
  private final CloudListener listener;
  private final LinkRuntime runtime;
  private final Map<String, CompletableFuture<String>> requests = new ConcurrentHashMap<>();

  /**
   * The hub remembers the subscriptions of the session before, so a call may come before the SDK,
   * whose client is still closed then, takes an answer.
   */
  private final CompletableFuture<@Nullable Void> open = new CompletableFuture<>();

  private volatile @Nullable Failure ended;

  SdkCloud(DeviceClient client, CloudListener listener, LinkRuntime runtime) {
    this.client = client;
    this.listener = listener;
    this.runtime = runtime;
    ClientConfiguration callbacks = client.getConfig();
    client.setMessageCallback((message, context) -> onMessage(message), null);
    callbacks.setDirectMethodsMessageCallback((message, context) -> onMethod(message), null);
    callbacks.setDeviceTwinMessageCallback((message, context) -> onTwin(message), null);
  }

  /** Subscribes to methods and desired properties. */
  void subscribe(Consumer<Throwable> onFailure) {
    request(
        MessageType.DEVICE_METHODS,
        DeviceOperations.DEVICE_OPERATION_METHOD_SUBSCRIBE_REQUEST,
        onFailure);
    request(
        MessageType.DEVICE_TWIN,
        DeviceOperations.DEVICE_OPERATION_TWIN_SUBSCRIBE_DESIRED_PROPERTIES_REQUEST,
        onFailure);
    open.complete(null);
  }

  private void request(
      MessageType type, DeviceOperations operation, Consumer<Throwable> onFailure) {
    IotHubTransportMessage message = message(type, operation, "");
    client.sendEventAsync(
        message,
        (sent, exception, context) -> {
          if (exception != null) {
            onFailure.accept(exception);
          }
        },
        null);
  }

  private IotHubMessageResult onMessage(Message message) {
    if (!taken(message)) {
      // The SDK acknowledges whatever the callback returns, except a message of QoS 0.
      ((IotHubTransportMessage) message).setQualityOfService(0);
    }
    return IotHubMessageResult.COMPLETE;
  }

  private boolean taken(Message message) {
    try {
      return listener.onMessage(SdkMessages.fromSdk(message));
    } catch (RuntimeException e) {
      logger.warn("A cloud-to-device message was not taken: {}", e.toString());
      return false;
    }
  }

  private IotHubMessageResult onMethod(Message message) {
    IotHubTransportMessage call = (IotHubTransportMessage) message;
    var unused =
        open.thenCompose(nothing -> answer(call))
            .thenApply(answer -> Objects.requireNonNull(answer, "no answer"))
            .exceptionally(
                e -> {
                  logger.warn("Method {} failed: {}", call.getMethodName(), e.toString());
                  return FAILED;
                })
            .thenAccept(answer -> reply(call, answer));
    return IotHubMessageResult.COMPLETE;
  }

  private void reply(IotHubTransportMessage call, DirectMethodAnswer answer) {
    IotHubTransportMessage reply =
        message(
            MessageType.DEVICE_METHODS,
            DeviceOperations.DEVICE_OPERATION_METHOD_SEND_RESPONSE,
            answer.payload());
    reply.setRequestId(call.getRequestId());
    reply.setStatus(String.valueOf(answer.status()));
    try {
      client.sendEventAsync(
          reply,
          (sent, exception, context) -> {
            if (exception != null) {
              logger.debug(
                  "The answer to {} was not sent: {}", call.getMethodName(), exception.toString());
            }
          },
          null);
    } catch (IllegalStateException e) {
      logger.debug("The answer to {} came too late", call.getMethodName());
    }
  }

  private CompletionStage<DirectMethodAnswer> answer(IotHubTransportMessage call) {
    try {
      String payload = text(call);
      return Objects.requireNonNull(
          listener.onMethod(call.getMethodName(), payload.isEmpty() ? "null" : payload),
          "no answer");
    } catch (RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  /** Changes of desired properties, and answers to what was asked. */
  private IotHubMessageResult onTwin(Message message) {
    IotHubTransportMessage twin = (IotHubTransportMessage) message;
    if (twin.getRequestId() != null) {
      answered(twin);
    } else {
      try {
        listener.onDesiredProperties(text(twin));
      } catch (RuntimeException e) {
        logger.warn("Desired properties were not taken: {}", e.toString());
      }
    }
    return IotHubMessageResult.COMPLETE;
  }

  private void answered(IotHubTransportMessage response) {
    int status = Integer.parseInt(response.getStatus());
    if (status / 100 == 2) {
      CompletableFuture<String> answer = requests.remove(response.getRequestId());
      if (answer != null) {
        String body = text(response);
        runtime.workers().execute(() -> answer.complete(body));
      }
    } else {
      fail(response.getRequestId(), HubAnswers.failure(status, 0, "asked about the twin", null));
    }
  }

  CompletionStage<String> twin() {
    return ask(
        message(MessageType.DEVICE_TWIN, DeviceOperations.DEVICE_OPERATION_TWIN_GET_REQUEST, ""));
  }

  CompletionStage<String> report(String patch) {
    return ask(
        message(
            MessageType.DEVICE_TWIN,
            DeviceOperations.DEVICE_OPERATION_TWIN_UPDATE_REPORTED_PROPERTIES_REQUEST,
            patch));
  }

  private CompletionStage<String> ask(IotHubTransportMessage message) {
    String id = UUID.randomUUID().toString();
    message.setRequestId(id);
    CompletableFuture<String> answer = new CompletableFuture<>();
    requests.put(id, answer);
    Failure over = ended;
    if (over != null) {
      fail(id, over);
      return answer;
    }
    var unused =
        runtime
            .timer()
            .schedule(
                () -> fail(id, Failure.of(FailureKind.TIMED_OUT, "no answer about the twin")),
                ANSWER_WITHIN.toMillis(),
                TimeUnit.MILLISECONDS);
    try {
      client.sendEventAsync(message, (sent, exception, context) -> {}, null);
    } catch (IllegalStateException e) {
      fail(id, Failure.of(FailureKind.CONNECTION_CLOSED, "the link is closed"));
    }
    return answer;
  }

  /** Fails what was asked and what will be. */
  void end(Failure failure) {
    ended = failure;
    requests.keySet().forEach(id -> fail(id, failure));
  }

  private void fail(String id, Failure failure) {
    CompletableFuture<String> answer = requests.remove(id);
    if (answer != null) {
      runtime
          .workers()
          .execute(() -> answer.completeExceptionally(new LinkFailedException(failure)));
    }
  }

  private static IotHubTransportMessage message(
      MessageType type, DeviceOperations operation, String body) {
    IotHubTransportMessage message =
        new IotHubTransportMessage(body.getBytes(StandardCharsets.UTF_8), type);
    message.setDeviceOperationType(operation);
    return message;
  }

  private static String text(Message message) {
    return new String(message.getBytes(), StandardCharsets.UTF_8);
  }
}
