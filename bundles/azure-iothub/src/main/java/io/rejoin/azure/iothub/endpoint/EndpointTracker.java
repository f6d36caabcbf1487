/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.endpoint;

import java.util.function.Consumer;
import org.eclipse.kura.cloudconnection.CloudEndpoint;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Filter;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;

/**
 * Follows the one endpoint with a {@code kura.service.pid}, as publishers and subscribers do, whose
 * descriptor cannot name it.
 */
public final class EndpointTracker {
  private final BundleContext context;
  private final Consumer<IotHubEndpoint> arrived;
  private final Consumer<IotHubEndpoint> left;
  private @Nullable ServiceTracker<CloudEndpoint, IotHubEndpoint> tracker;
  private String pid = "";
  private volatile @Nullable IotHubEndpoint endpoint;

  /**
   * Makes a tracker that follows nobody yet.
   *
   * @param arrived told of the endpoint, in the thread that registers it
   * @param left told when it is gone
   */
  public EndpointTracker(
      BundleContext context, Consumer<IotHubEndpoint> arrived, Consumer<IotHubEndpoint> left) {
    this.context = context;
    this.arrived = arrived;
    this.left = left;
  }

  /** Follows another endpoint; does nothing when it is the same one. */
  public synchronized void follow(String endpointPid) {
    if (endpointPid.equals(pid)) {
      return;
    }
    close();
    pid = endpointPid;
    if (!endpointPid.isEmpty()) {
      ServiceTracker<CloudEndpoint, IotHubEndpoint> opened =
          new ServiceTracker<>(context, filter(context, endpointPid), new Following());
      tracker = opened;
      opened.open();
    }
  }

  public synchronized void close() {
    ServiceTracker<CloudEndpoint, IotHubEndpoint> opened = tracker;
    tracker = null;
    pid = "";
    if (opened != null) {
      opened.close();
    }
  }

  /** The endpoint, null while it is not there. */
  public @Nullable IotHubEndpoint endpoint() {
    return endpoint;
  }

  /** Takes this bundle's own endpoints alone. */
  private final class Following implements ServiceTrackerCustomizer<CloudEndpoint, IotHubEndpoint> {
    @Override
    public @Nullable IotHubEndpoint addingService(ServiceReference<CloudEndpoint> reference) {
      CloudEndpoint service = context.getService(reference);
      if (service instanceof IotHubEndpoint found) {
        endpoint = found;
        arrived.accept(found);
        return found;
      }
      context.ungetService(reference);
      return null;
    }

    @Override
    public void modifiedService(ServiceReference<CloudEndpoint> reference, IotHubEndpoint service) {
      // The pid stays.
    }

    @Override
    public void removedService(ServiceReference<CloudEndpoint> reference, IotHubEndpoint service) {
      if (service == endpoint) {
        endpoint = null;
      }
      left.accept(service);
      context.ungetService(reference);
    }
  }

  private static Filter filter(BundleContext context, String endpointPid) {
    String escaped = endpointPid.replaceAll("[\\\\*()]", "\\\\$0");
    try {
      return context.createFilter(
          "(&(objectClass="
              + CloudEndpoint.class.getName()
              + ")(kura.service.pid="
              + escaped
              + "))");
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException("the pid is escaped", e);
    }
  }
}
