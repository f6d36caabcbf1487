/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package org.eclipse.kura.data;

import java.util.Objects;
import org.osgi.annotation.versioning.ProviderType;

/** Names a message in flight: its number, and the session in which that number is unique. */
@ProviderType
public class DataTransportToken {
  private final int messageId;
  private final String sessionId;

  public DataTransportToken(int messageId, String sessionId) {
    this.messageId = messageId;
    this.sessionId = sessionId;
  }

  public int getMessageId() {
    return messageId;
  }

  public String getSessionId() {
    return sessionId;
  }

  @Override
  public int hashCode() {
    return Objects.hash(messageId, sessionId);
  }

  @Override
  public boolean equals(Object obj) {
    return obj instanceof DataTransportToken other
        && messageId == other.messageId
        && Objects.equals(sessionId, other.sessionId);
  }
}
