/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.testbed.parts;

import io.rejoin.testbed.Part;
import io.rejoin.testbed.Parts;
import java.lang.reflect.InvocationTargetException;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.util.promise.Promise;

/** Disables and enables the testbed's components. */
@Component
public final class ComponentParts implements Parts {
  private final BundleContext context;
  private final ServiceComponentRuntime runtime;

  @Activate
  public ComponentParts(BundleContext context, @Reference ServiceComponentRuntime runtime) {
    this.context = context;
    this.runtime = runtime;
  }

  @Override
  public void withhold(Part part) {
    await(runtime.disableComponent(description(part)));
  }

  @Override
  public void provide(Part part) {
    await(runtime.enableComponent(description(part)));
  }

  private ComponentDescriptionDTO description(Part part) {
    return runtime.getComponentDescriptionDTO(context.getBundle(), part.component());
  }

  private static void await(Promise<Void> promise) {
    try {
      promise.getValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(e.getCause());
    }
  }
}
