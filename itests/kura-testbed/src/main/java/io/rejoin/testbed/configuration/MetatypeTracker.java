/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.testbed.configuration;

import io.rejoin.testbed.metatype.Metatype;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.kura.configuration.metatype.OCD;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.service.metatype.MetaTypeInformation;
import org.osgi.service.metatype.MetaTypeService;
import org.osgi.util.tracker.BundleTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the definitions in active bundles, as measured on Kura 5.6.0: the MetaTypeService names the
 * pids, the definition is read from {@code OSGI-INF/metatype/<pid>.xml}. A bundle whose file has
 * another name is passed over without a word.
 */
final class MetatypeTracker extends BundleTracker<Bundle> {
  private static final Logger logger = LoggerFactory.getLogger(MetatypeTracker.class);

  /** Told of what is found. */
  interface Listener {
    void found(String pid, OCD definition, boolean factory, Bundle bundle);

    void gone(Bundle bundle);
  }

  private final MetaTypeService metatypes;
  private final Listener listener;

  MetatypeTracker(BundleContext context, MetaTypeService metatypes, Listener listener) {
    super(context, Bundle.ACTIVE, null);
    this.metatypes = metatypes;
    this.listener = listener;
  }

  @Override
  public Bundle addingBundle(Bundle bundle, BundleEvent event) {
    MetaTypeInformation information = metatypes.getMetaTypeInformation(bundle);
    if (information != null) {
      Stream.of(information.getPids(), information.getFactoryPids())
          .flatMap(Stream::of)
          .distinct()
          .forEach(pid -> found(bundle, pid));
    }
    return bundle;
  }

  @Override
  public void removedBundle(Bundle bundle, BundleEvent event, Bundle object) {
    listener.gone(bundle);
  }

  private void found(Bundle bundle, String pid) {
    URL file = bundle.getEntry("OSGI-INF/metatype/" + pid + ".xml");
    if (file == null) {
      return;
    }
    try (InputStream in = file.openStream()) {
      Metatype metatype = Metatype.read(in);
      Optional<OCD> definition = metatype.definition(pid);
      Optional<Boolean> factory = metatype.isFactory(pid);
      if (definition.isPresent() && factory.isPresent()) {
        listener.found(pid, definition.get(), factory.get(), bundle);
      }
    } catch (IOException | RuntimeException e) {
      logger.error("Error seeding configuration for pid: {}", pid, e);
    }
  }
}
