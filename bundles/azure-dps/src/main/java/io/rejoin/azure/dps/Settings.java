/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.dps;

import com.google.gson.JsonObject;
import io.rejoin.azure.dps.https.Endpoint;
import io.rejoin.azure.dps.https.Proxy;
import io.rejoin.azure.dps.identity.Attestation;
import io.rejoin.azure.dps.identity.SymmetricKey;
import io.rejoin.azure.dps.protocol.DpsLimits;
import io.rejoin.azure.dps.protocol.Registration;
import io.rejoin.azure.dps.state.BudgetLimits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A configuration that can be used. Immutable; {@link #toString} shows no secret.
 *
 * @param registration who asks
 * @param endpoint whom
 * @param key the device's key, null with X.509
 * @param keystoreAlias where the certificate is, empty with a symmetric key
 * @param payload what is sent along with a registration, null for nothing; not to be changed
 * @param proxy null for none
 * @param connectLimit for the TCP connection
 */
record Settings(
    Registration registration,
    Endpoint endpoint,
    @Nullable SymmetricKey key,
    String keystoreAlias,
    @Nullable JsonObject payload,
    BudgetLimits budget,
    @Nullable Proxy proxy,
    Duration connectLimit,
    DpsLimits limits) {

  Attestation attestation() {
    return key == null ? Attestation.X509 : Attestation.SYMMETRIC_KEY;
  }

  /** The service and registration, for an operator. */
  String service() {
    return registration.idScope() + " at " + endpoint + " as " + registration.registrationId();
  }
}
