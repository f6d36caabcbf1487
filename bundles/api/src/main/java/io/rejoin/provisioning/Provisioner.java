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
 * how often is the connection's decision.
 *
 * <p>Thread-safe. No method blocks on the network or throws for an expected failure.
 *
 * <p>Seams: a service that issues a client certificate with the assignment (Azure's CSR preview)
 * generates the key pair itself and hands the result out through {@link #credential()}, which is
 * read anew before each attempt. A TPM is a {@link DeviceCredential.SharedKey} whose {@code sign}
 * is the chip's; its first registration answers a nonce, which is the provisioner's own business.
 */
@ConsumerType
public interface Provisioner {

  /**
   * Asks the service. At most one request is under way at a time; a further one fails at once.
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
