/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.testbed.it.upgraded;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;

/** The same component after an upgrade: with other settings. */
@Component(
    name = io.rejoin.testbed.it.sample.Sample.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    service = {ConfigurableComponent.class, Supplier.class})
@Designate(ocd = SampleMetatype.class, factory = true)
public final class Sample implements ConfigurableComponent, Supplier<List<Map<String, Object>>> {
  private final List<Map<String, Object>> configurations = new CopyOnWriteArrayList<>();

  @Activate
  public Sample(Map<String, Object> properties) {
    modified(properties);
  }

  @Modified
  void modified(Map<String, Object> properties) {
    configurations.add(new TreeMap<>(new HashMap<>(properties)));
  }

  @Override
  public List<Map<String, Object>> get() {
    return configurations;
  }
}
