/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.provisioning;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Finds out where a device belongs. Implement it for another provisioning service, register it as
 * an OSGi service with a {@code kura.service.pid}, and a connection can be pointed at it.
 *
 * <p>A provisioner executes: it asks once per call, polls as the service asks, keeps the assignment
 * and its budget on disk. It never decides to ask, nor repeats a failed request by itself; when and
 * how often is the connection's decision. What was paid for is worth waiting for, though: it goes
 * on polling through a lost connection within its time limit, and looks up a registration whose end
 * it did not see before it pays for another one.
 *
 * <p>Thread-safe. No method blocks on the network or throws for an expected failure. A change of
 * its configuration, or its end, gives up a request that is under way.
 *
 * <h2>Seams</h2>
 *
 * <p><b>A service that issues certificates</b> (Azure's preview with a certificate signing
 * request): the provisioner makes the key pair where the key is to stay, in a keystore or on a
 * token, sends the request along with the registration, stores the issued chain under the key's
 * alias, and from then on hands both out through {@link #credential()}, which a connection reads
 * anew before each attempt. It needs write access to a keystore, a rule for renewal well before the
 * end of the certificate, and a first credential to register with. {@link Assignment} stays as it
 * is: a certificate belongs to the device, not to its hub.
 *
 * <p><b>A TPM</b>: its credential is a {@link DeviceCredential.SharedKey} whose {@code sign} is the
 * chip's HMAC, for service and hub alike. To get there the provisioner sends the endorsement key
 * and the storage root key with the first registration, is answered 401 with an encrypted key, has
 * the chip activate and import it, and registers again, all within one call of {@link #provision}.
 * It needs access to the chip (a native library or a device file) and nothing of this interface
 * that is not here.
 */
@ConsumerType
public interface Provisioner {

  /**
   * Asks the service. At most one request is under way at a time; a further one fails at once with
   * kind {@link io.rejoin.retry.FailureKind#UNKNOWN}.
   *
   * @return completes on a thread of the provisioner's, never exceptionally, within the
   *     provisioner's overall time limit; cancelled work leaves nothing half-written
   */
  CompletionStage<ProvisioningResult> provision(ProvisioningRequest request);

  /** The assignment kept from the last success, so that a reboot costs no call. */
  Optional<Assignment> cachedAssignment();

  /** The credential for service and hub, empty while the configuration cannot be used. */
  Optional<DeviceCredential> credential();

  /** What to show an operator. */
  ProvisionerStatus status();
}
