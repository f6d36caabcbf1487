/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.dps.protocol;

/** What a closer look shows. */
record FakeDiagnosis(boolean otherNameResolves, boolean peerHasAnotherName)
    implements DpsErrors.Diagnosis {}
