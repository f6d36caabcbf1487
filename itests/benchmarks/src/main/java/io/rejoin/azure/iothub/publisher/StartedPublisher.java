/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.publisher;

import io.rejoin.azure.iothub.endpoint.IotHubEndpoint;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.eclipse.kura.cloudconnection.publisher.CloudPublisher;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** A publisher component in a framework whose only service is the endpoint. */
public final class StartedPublisher implements AutoCloseable {
  private static final String ENDPOINT = "cloud.endpoint.service.pid";

  private final CloudPublisherComponent component = new CloudPublisherComponent();

  public StartedPublisher(IotHubEndpoint endpoint) {
    component.activate(framework(endpoint), Map.of(ENDPOINT, "any", "payload.format", "RAW_BODY"));
  }

  public CloudPublisher publisher() {
    return component;
  }

  @Override
  public void close() {
    component.deactivate();
  }

  private static BundleContext framework(IotHubEndpoint endpoint) {
    ServiceReference<?> reference =
        proxy(
            ServiceReference.class,
            (self, method, arguments) ->
                method.getName().equals("hashCode")
                    ? (Object) System.identityHashCode(self)
                    : (Object) (self == arguments[0]));
    return proxy(
        BundleContext.class,
        (self, method, arguments) -> answer(method, arguments, reference, endpoint));
  }

  private static @Nullable Object answer(
      Method method, Object[] arguments, ServiceReference<?> reference, IotHubEndpoint endpoint)
      throws InvalidSyntaxException {
    return switch (method.getName()) {
      case "createFilter" -> FrameworkUtil.createFilter((String) arguments[0]);
      case "getServiceReferences" -> new ServiceReference<?>[] {reference};
      case "getService" -> endpoint;
      case "ungetService" -> true;
      default -> null;
    };
  }

  private static <T> T proxy(Class<T> type, java.lang.reflect.InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
