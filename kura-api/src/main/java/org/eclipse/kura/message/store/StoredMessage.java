/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package org.eclipse.kura.message.store;

import java.util.Arrays;
import java.util.Date;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.kura.data.DataTransportToken;
import org.osgi.annotation.versioning.ProviderType;

/** A message in a store, and what became of it so far. Arrays and dates are shared, not copied. */
@ProviderType
public class StoredMessage {
  private final int id;
  private final String topic;
  private final int qos;
  private final boolean retain;
  private final int priority;
  private final byte[] payload;
  private final Date createdOn;
  private final Date publishedOn;
  private final Date confirmedOn;
  private final Date droppedOn;
  private final DataTransportToken dataTransportToken;

  private StoredMessage(Builder builder) {
    this.id = builder.id;
    this.topic = builder.topic;
    this.qos = builder.qos;
    this.retain = builder.retain;
    this.priority = builder.priority;
    this.payload = builder.payload;
    this.createdOn = builder.createdOn;
    this.publishedOn = builder.publishedOn;
    this.confirmedOn = builder.confirmedOn;
    this.droppedOn = builder.droppedOn;
    this.dataTransportToken = builder.dataTransportToken;
  }

  public int getId() {
    return id;
  }

  public String getTopic() {
    return topic;
  }

  public int getQos() {
    return qos;
  }

  public boolean isRetain() {
    return retain;
  }

  /** Returns the priority; 0 is the most urgent. */
  public int getPriority() {
    return priority;
  }

  /** Returns the content; null where a store lists messages without it. */
  public byte[] getPayload() {
    return payload;
  }

  public Optional<Date> getCreatedOn() {
    return Optional.ofNullable(createdOn);
  }

  /** Returns when it was last handed to the transport; empty if it waits. */
  public Optional<Date> getPublishedOn() {
    return Optional.ofNullable(publishedOn);
  }

  public Optional<Date> getConfirmedOn() {
    return Optional.ofNullable(confirmedOn);
  }

  /** Returns when it was given up. */
  public Optional<Date> getDroppedOn() {
    return Optional.ofNullable(droppedOn);
  }

  public Optional<DataTransportToken> getDataTransportToken() {
    return Optional.ofNullable(dataTransportToken);
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        id,
        topic,
        qos,
        retain,
        priority,
        Arrays.hashCode(payload),
        createdOn,
        publishedOn,
        confirmedOn,
        droppedOn,
        dataTransportToken);
  }

  @Override
  public boolean equals(Object obj) {
    return obj instanceof StoredMessage other && hasFieldsOf(other);
  }

  @SuppressWarnings("UndefinedEquals") // a java.sql.Timestamp differs from a Date, in Kura too
  private boolean hasFieldsOf(StoredMessage other) {
    return id == other.id
        && Objects.equals(topic, other.topic)
        && qos == other.qos
        && retain == other.retain
        && priority == other.priority
        && Arrays.equals(payload, other.payload)
        && Objects.equals(createdOn, other.createdOn)
        && Objects.equals(publishedOn, other.publishedOn)
        && Objects.equals(confirmedOn, other.confirmedOn)
        && Objects.equals(droppedOn, other.droppedOn)
        && Objects.equals(dataTransportToken, other.dataTransportToken);
  }

  @Override
  public String toString() {
    return "StoredMessage [id=%d, topic=%s, qos=%d, retain=%b, priority=%d, payload=%s, createdOn=%s, publishedOn=%s, confirmedOn=%s, droppedOn=%s, dataTransportToken=%s]"
        .formatted(
            id,
            topic,
            qos,
            retain,
            priority,
            Arrays.toString(payload),
            createdOn,
            publishedOn,
            confirmedOn,
            droppedOn,
            dataTransportToken);
  }

  /** Collects the fields of a {@link StoredMessage}; what is not set is empty, 0, false or null. */
  @ProviderType
  public static class Builder {
    private final int id;
    private String topic;
    private int qos;
    private boolean retain;
    private int priority;
    private byte[] payload;
    private Date createdOn;
    private Date publishedOn;
    private Date confirmedOn;
    private Date droppedOn;
    private DataTransportToken dataTransportToken;

    public Builder(int id) {
      this.id = id;
    }

    public Builder withTopic(String topic) {
      this.topic = topic;
      return this;
    }

    public Builder withQos(int qos) {
      this.qos = qos;
      return this;
    }

    public Builder withRetain(boolean retain) {
      this.retain = retain;
      return this;
    }

    public Builder withCreatedOn(Date createdOn) {
      this.createdOn = createdOn;
      return this;
    }

    public Builder withPublishedOn(Date publishedOn) {
      this.publishedOn = publishedOn;
      return this;
    }

    public Builder withConfirmedOn(Date confirmedOn) {
      this.confirmedOn = confirmedOn;
      return this;
    }

    public Builder withPayload(byte[] payload) {
      this.payload = payload;
      return this;
    }

    public Builder withPriority(int priority) {
      this.priority = priority;
      return this;
    }

    public Builder withDataTransportToken(DataTransportToken token) {
      this.dataTransportToken = token;
      return this;
    }

    public Builder withDroppedOn(Date droppedOn) {
      this.droppedOn = droppedOn;
      return this;
    }

    public StoredMessage build() {
      return new StoredMessage(this);
    }
  }
}
