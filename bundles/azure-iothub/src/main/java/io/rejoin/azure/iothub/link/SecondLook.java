/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.link;

import io.rejoin.azure.iothub.link.socket.NameResolver;
import io.rejoin.retry.Failure;
import io.rejoin.retry.FailureKind;
import java.net.UnknownHostException;

/**
 * Looks again where an exception alone does not tell enough: is it the hub's name that is unknown,
 * or every name; is it the hub whose certificate is not trusted, or somebody else in its place? May
 * block.
 */
final class SecondLook {
  private static final String HUB_NAME =
      "; other names can be resolved: check the hub's name, or the enrolment that sends the device"
          + " there, and for a private hub the DNS zone";
  private static final String NAME_SERVICE = "; check the gateway's DNS server and network";

  private final NameResolver resolver;
  private final String referenceName;

  SecondLook(NameResolver resolver, String referenceName) {
    this.resolver = resolver;
    this.referenceName = referenceName;
  }

  /** The failure, or what it turns out to be. */
  Failure at(Failure failure, NameCheck names) {
    return switch (failure.kind()) {
      case NAME_NOT_FOUND ->
          otherNameResolves()
              ? as(FailureKind.NAME_NOT_FOUND, failure, HUB_NAME)
              : as(FailureKind.NAME_SERVICE_DOWN, failure, NAME_SERVICE);
      case CERTIFICATE_UNTRUSTED ->
          names.isSomebodyElse() ? as(FailureKind.CAPTIVE_PORTAL, failure, "") : failure;
      default -> failure;
    };
  }

  /** Whether the server shows a certificate for another name. */
  @FunctionalInterface
  interface NameCheck {
    boolean isSomebodyElse();
  }

  private boolean otherNameResolves() {
    try {
      return resolver.resolve(referenceName).length > 0;
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static Failure as(FailureKind kind, Failure failure, String remedy) {
    return new Failure(
        kind,
        failure.detail() + remedy,
        failure.httpStatus(),
        failure.subCode(),
        failure.retryAfter());
  }
}
