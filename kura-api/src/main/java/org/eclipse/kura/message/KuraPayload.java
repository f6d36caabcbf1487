/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package org.eclipse.kura.message;

import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The content of a message: metrics, a body, when and where. A metric is a {@link Boolean}, {@link
 * Integer}, {@link Long}, {@link Float}, {@link Double}, {@link String} or {@code byte[]}; nothing
 * here checks that. Not thread-safe. All arrays and dates are shared, not copied.
 */
@ProviderType
public class KuraPayload {
  private final Map<String, Object> metrics = new HashMap<>();
  private Date timestamp;
  private KuraPosition position;
  private byte[] body;

  public KuraPayload() {}

  /** Returns when the data was taken; null if not said. */
  public Date getTimestamp() {
    return timestamp;
  }

  public void setTimestamp(Date timestamp) {
    this.timestamp = timestamp;
  }

  /** Returns where the data was taken; null if not said. */
  public KuraPosition getPosition() {
    return position;
  }

  public void setPosition(KuraPosition position) {
    this.position = position;
  }

  /** Returns a metric; null if there is none of that name. */
  public Object getMetric(String name) {
    return metrics.get(name);
  }

  /** Adds or replaces a metric. */
  public void addMetric(String name, Object value) {
    metrics.put(name, value);
  }

  public void removeMetric(String name) {
    metrics.remove(name);
  }

  public void removeAllMetrics() {
    metrics.clear();
  }

  /** Returns a live, unmodifiable view of the names. */
  public Set<String> metricNames() {
    return Collections.unmodifiableSet(metrics.keySet());
  }

  /** Iterates over the names; removing there removes the metric. */
  public Iterator<String> metricsIterator() {
    return metrics.keySet().iterator();
  }

  /** Returns a live, unmodifiable view of the metrics. */
  public Map<String, Object> metrics() {
    return Collections.unmodifiableMap(metrics);
  }

  /** Returns the body; null if there is none. */
  public byte[] getBody() {
    return body;
  }

  public void setBody(byte[] body) {
    this.body = body;
  }
}
