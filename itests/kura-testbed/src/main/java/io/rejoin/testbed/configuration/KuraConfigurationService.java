/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.testbed.configuration;

import io.rejoin.testbed.configuration.Instances.Instance;
import io.rejoin.testbed.metatype.Defaults;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.KuraPartialSuccessException;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.configuration.ConfigurationService;
import org.eclipse.kura.configuration.metatype.OCD;
import org.eclipse.kura.crypto.CryptoService;
import org.eclipse.kura.system.SystemService;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.Filter;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.MetaTypeService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kura's ConfigurationService, as measured on Kura 5.6.0, traps included:
 *
 * <ul>
 *   <li>An update is merged: defaults, under the running configuration, under what is given. A key
 *       left out keeps its value; a key of null vanishes until the defaults are seeded again.
 *   <li>Nothing is validated: neither type nor range, neither options nor required.
 *   <li>An update of a pid that is not tracked, or whose definition is not known, is ignored: the
 *       caller sees success.
 *   <li>When a bundle starts, and when a service appears, missing defaults are seeded. The
 *       component gets one more update, also if nothing changed. An attribute that is gone is not
 *       purged, a default that changed does not arrive.
 *   <li>A password in {@link #createFactoryConfiguration} reaches the component in clear. From the
 *       first update on, or the next start, it arrives encrypted.
 *   <li>The latest snapshot is the only memory. It is pushed to ConfigurationAdmin before bundles
 *       are looked at, so a configuration may be older than its component's bundle. What belongs to
 *       no tracked component is carried on from snapshot to snapshot.
 *   <li>It uses each component that it tracks, so that a delayed one, such as a database in memory,
 *       lives on while nobody else does.
 *   <li>All methods share one lock: who is called by ConfigurationAdmin and calls back waits.
 * </ul>
 *
 * <p>Left out: self-configuring components, audit events and the conversion of ancient snapshots.
 * Other than in Kura, where that never happens, this service may be restarted alone: then it keeps
 * the instances that ConfigurationAdmin has.
 */
@Component(
    name = "org.eclipse.kura.configuration.ConfigurationService",
    immediate = true,
    service = ConfigurationService.class)
public final class KuraConfigurationService
    implements ConfigurationService, MetatypeTracker.Listener {
  private static final Logger logger = LoggerFactory.getLogger(KuraConfigurationService.class);

  private final BundleContext context;
  private final AdminConfigurations admin;
  private final Passwords passwords;
  private final Snapshots snapshots;
  private final MetatypeTracker bundles;
  private final String home;
  private final Definitions definitions = new Definitions();
  private final Instances instances = new Instances();

  @Activate
  public KuraConfigurationService(
      BundleContext context,
      @Reference ConfigurationAdmin configurationAdmin,
      @Reference MetaTypeService metaTypeService,
      @Reference SystemService system,
      @Reference CryptoService crypto) {
    this.context = context;
    this.admin = new AdminConfigurations(configurationAdmin);
    this.passwords = new Passwords(crypto);
    this.snapshots =
        new Snapshots(
            Path.of(system.getKuraSnapshotsDirectory()), system.getKuraSnapshotsCount(), crypto);
    this.home = system.getKuraHome();
    this.bundles = new MetatypeTracker(context, metaTypeService, this);
  }

  @Activate
  void start() throws KuraException {
    snapshots.deliver(home);
    pushLatestSnapshot();
    bundles.open();
  }

  @Deactivate
  void stop() {
    bundles.close();
  }

  @Reference(
      name = "ConfigurableComponent",
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC)
  void addComponent(ConfigurableComponent component, Map<String, Object> properties) {
    Object pid = properties.get(KURA_SERVICE_PID);
    Object servicePid = properties.get(Constants.SERVICE_PID);
    Object factoryPid = properties.get(ConfigurationAdmin.SERVICE_FACTORYPID);
    if (pid != null && servicePid != null) {
      // A component with a static service.pid has a list of pids, whose text is no pid at all.
      track(
          new Instance(
              pid.toString(),
              servicePid.toString(),
              factoryPid == null ? null : factoryPid.toString()));
    }
  }

  void removeComponent(ConfigurableComponent component, Map<String, Object> properties) {
    Object pid = properties.get(KURA_SERVICE_PID);
    if (pid != null) {
      untrack(pid.toString());
    }
  }

  @Override
  public synchronized void found(String pid, OCD definition, boolean factory, Bundle bundle) {
    logger.info("Registering metatype pid: {} ...", pid);
    if (!factory) {
      definitions.add(pid, definition);
      seed(pid, instances.get(pid).map(Instance::servicePid).orElse(pid), definition);
      return;
    }
    definitions.addFactory(pid, definition, bundle);
    instances.all().stream()
        .filter(instance -> pid.equals(instance.factoryPid()))
        .forEach(instance -> seed(instance.pid(), instance.servicePid(), definition));
  }

  @Override
  public synchronized void gone(Bundle bundle) {
    definitions.removeFactories(bundle);
  }

  @Override
  public synchronized Set<String> getFactoryComponentPids() {
    return definitions.factoryPids();
  }

  @Override
  public synchronized Set<String> getConfigurableComponentPids() {
    return instances.pids();
  }

  @Override
  public synchronized void createFactoryConfiguration(
      String factoryPid, String pid, @Nullable Map<String, Object> properties, boolean takeSnapshot)
      throws KuraException {
    if (pid == null) {
      throw new KuraException(KuraErrorCode.INVALID_PARAMETER, "pid cannot be null");
    }
    if (instances.contains(pid)) {
      throw new KuraException(KuraErrorCode.INVALID_PARAMETER, "pid " + pid + " already exists");
    }
    logger.info("Creating new configuration for factory pid {} and pid {}", factoryPid, pid);
    Map<String, Object> values = new HashMap<>();
    if (properties != null) {
      values.putAll(properties);
    }
    values.put(KURA_SERVICE_PID, pid);
    definitions.of(pid, factoryPid).ifPresent(definition -> addDefaults(definition, values));
    String servicePid = admin.create(factoryPid);
    admin.write(servicePid, values);
    track(new Instance(pid, servicePid, factoryPid));
    instances.markCreated(pid);
    if (takeSnapshot) {
      snapshot();
    }
  }

  @Override
  public synchronized void deleteFactoryConfiguration(String pid, boolean takeSnapshot)
      throws KuraException {
    if (pid == null) {
      throw new KuraException(KuraErrorCode.INVALID_PARAMETER, "pid cannot be null");
    }
    if (!admin.delete(pid)) {
      logger.warn("The component {} does not exist or is not a factory component", pid);
      return;
    }
    untrack(pid);
    instances.markDeleted(pid);
    if (takeSnapshot) {
      snapshot();
    }
  }

  @Override
  public synchronized List<ComponentConfiguration> getComponentConfigurations()
      throws KuraException {
    List<ComponentConfiguration> all = new ArrayList<>();
    for (Instance instance : instances.all()) {
      all.add(running(instance));
    }
    return all;
  }

  @Override
  public synchronized List<ComponentConfiguration> getComponentConfigurations(
      @Nullable Filter filter) throws KuraException {
    if (filter == null) {
      return getComponentConfigurations();
    }
    List<ComponentConfiguration> matching = new ArrayList<>();
    for (ServiceReference<?> service : services()) {
      if (filter.match(service) && service.getProperty(KURA_SERVICE_PID) instanceof String pid) {
        Optional<Instance> instance = instances.get(pid);
        if (instance.isPresent()) {
          matching.add(running(instance.get()));
        }
      }
    }
    return matching;
  }

  @Override
  public synchronized @Nullable ComponentConfiguration getComponentConfiguration(String pid)
      throws KuraException {
    Optional<Instance> instance = instances.get(pid);
    if (instance.isEmpty()) {
      return null;
    }
    Configured configuration = running(instance.get());
    passwords.decrypt(configuration.values());
    return configuration;
  }

  @Override
  public synchronized ComponentConfiguration getDefaultComponentConfiguration(String pid) {
    Optional<OCD> definition = definition(pid);
    Map<String, Object> values = new HashMap<>();
    definition.ifPresent(known -> addDefaults(known, values));
    passwords.decrypt(values);
    return new Configured(pid, definition.orElse(null), values);
  }

  @Override
  public void updateConfiguration(String pid, Map<String, Object> properties) throws KuraException {
    updateConfiguration(pid, properties, true);
  }

  @Override
  public void updateConfiguration(String pid, Map<String, Object> properties, boolean takeSnapshot)
      throws KuraException {
    updateConfigurations(List.of(new Configured(pid, null, properties)), takeSnapshot);
  }

  @Override
  public void updateConfigurations(List<ComponentConfiguration> configs) throws KuraException {
    updateConfigurations(configs, true);
  }

  @Override
  public synchronized void updateConfigurations(
      List<ComponentConfiguration> configs, boolean takeSnapshot) throws KuraException {
    List<Throwable> causes = new ArrayList<>();
    for (ComponentConfiguration given : configs) {
      try {
        update(given);
      } catch (KuraException e) {
        logger.warn("Error updating component {}", given.getPid(), e);
        causes.add(e);
      }
    }
    if (takeSnapshot) {
      snapshot();
    }
    if (!causes.isEmpty()) {
      throw new KuraPartialSuccessException("updateConfigurations", causes);
    }
  }

  @Override
  public Set<Long> getSnapshots() {
    return snapshots.ids();
  }

  @Override
  public List<ComponentConfiguration> getSnapshot(long sid) throws KuraException {
    List<ComponentConfiguration> configurations = snapshots.read(sid);
    configurations.forEach(each -> passwords.decrypt(each.getConfigurationProperties()));
    return configurations;
  }

  @Override
  public synchronized long snapshot() throws KuraException {
    return save(current());
  }

  @Override
  public synchronized long rollback() throws KuraException {
    NavigableSet<Long> ids = snapshots.ids();
    Long before = ids.isEmpty() ? null : ids.lower(ids.last());
    if (before == null) {
      throw new KuraException(
          KuraErrorCode.CONFIGURATION_SNAPSHOT_NOT_FOUND, "No Snapshot Available");
    }
    rollback(before);
    return before;
  }

  @Override
  public synchronized void rollback(long id) throws KuraException {
    List<ComponentConfiguration> wanted = snapshots.read(id);
    logger.info("Rolling back to snapshot {}...", id);
    for (Instance instance : instances.all()) {
      if (instance.factoryPid() != null) {
        deleteFactoryConfiguration(instance.pid(), false);
      }
    }
    Map<String, Map<String, Object>> values = new HashMap<>();
    for (ComponentConfiguration each : wanted) {
      values.put(each.getPid(), each.getConfigurationProperties());
      if (factoryPid(each).isPresent()) {
        createFactoryConfiguration(
            factoryPid(each).get(), each.getPid(), each.getConfigurationProperties(), false);
      }
    }
    for (Instance instance : instances.all()) {
      replace(instance, values.getOrDefault(instance.pid(), Map.of()));
    }
    save(wanted);
  }

  private synchronized void track(Instance instance) {
    if (instances.contains(instance.pid())) {
      return;
    }
    logger.info("Registering ConfigurableComponent - {}", instance.pid());
    if (instance.factoryPid() != null) {
      definitions
          .of(instance.pid(), instance.factoryPid())
          .ifPresent(definition -> seed(instance.pid(), instance.servicePid(), definition));
    }
    instances.add(instance);
  }

  private synchronized void untrack(String pid) {
    logger.info("Removing component configuration for pid {}", pid);
    instances.remove(pid);
  }

  /** Adds missing defaults to the running configuration, and writes it in any case. */
  private void seed(String pid, String servicePid, OCD definition) {
    try {
      Map<String, Object> values = admin.read(servicePid, definition);
      values.putIfAbsent(KURA_SERVICE_PID, pid);
      addDefaults(definition, values);
      admin.write(servicePid, values);
      logger.info("Seeding updated configuration for pid: {}", pid);
    } catch (KuraException e) {
      logger.info("Error seeding updated configuration for pid: {}", pid);
    }
  }

  private void update(ComponentConfiguration given) throws KuraException {
    String pid = given.getPid();
    Map<String, Object> values = given.getConfigurationProperties();
    Optional<String> factoryPid = factoryPid(given);
    if (values == null) {
      logger.info("UpdatingConfiguration ignored as properties for {} are NULL", pid);
    } else if (instances.contains(pid)) {
      merge(pid, values);
    } else if (factoryPid.isPresent()) {
      createFactoryConfiguration(factoryPid.get(), pid, values, false);
    } else {
      logger.info("UpdatingConfiguration ignored as ConfigurableComponent {} is NOT tracked", pid);
    }
  }

  private void merge(String pid, Map<String, Object> given) throws KuraException {
    Instance instance = instances.get(pid).orElseThrow();
    Optional<OCD> definition = definition(pid);
    if (definition.isEmpty()) {
      logger.info("UpdatingConfiguration ignored as OCD for pid {} cannot be found", pid);
      return;
    }
    Map<String, Object> values = new HashMap<>();
    addDefaults(definition.get(), values);
    values.putAll(admin.read(instance.servicePid(), definition.get()));
    values.putAll(given);
    values.putIfAbsent(KURA_SERVICE_PID, pid);
    passwords.encrypt(values);
    admin.write(instance.servicePid(), values);
  }

  private void replace(Instance instance, Map<String, Object> given) throws KuraException {
    Optional<OCD> definition = definition(instance.pid());
    if (definition.isPresent()) {
      Map<String, Object> values = new HashMap<>(given);
      addDefaults(definition.get(), values);
      values.putIfAbsent(KURA_SERVICE_PID, instance.pid());
      admin.write(instance.servicePid(), values);
    }
  }

  private void addDefaults(OCD definition, Map<String, Object> values) {
    Map<String, Object> defaults = Defaults.of(definition, passwords::encrypt);
    defaults.keySet().removeAll(values.keySet()); // a key of null keeps the default away
    values.putAll(defaults);
  }

  /** The running configurations, and those of the latest snapshot that belong to no instance. */
  private List<ComponentConfiguration> current() throws KuraException {
    List<ComponentConfiguration> current = getComponentConfigurations();
    for (ComponentConfiguration old : snapshots.latest()) {
      if (!instances.contains(old.getPid()) && !instances.isDeleted(old.getPid())) {
        current.add(old);
      }
    }
    return current;
  }

  private long save(List<ComponentConfiguration> configurations) throws KuraException {
    List<Configured> copies = configurations.stream().map(Configured::copyOf).toList();
    copies.forEach(copy -> passwords.encrypt(copy.values()));
    long id = snapshots.write(copies, System.currentTimeMillis());
    instances.forgetDeletions();
    logger.info("Writing snapshot {}... Done.", id);
    return id;
  }

  private void pushLatestSnapshot() throws KuraException {
    for (ComponentConfiguration each : snapshots.latest()) {
      passwords.encrypt(each.getConfigurationProperties());
      try {
        push(each.getPid(), factoryPid(each), each.getConfigurationProperties());
      } catch (KuraException e) {
        logger.warn("Error creating configuration with pid: {}", each.getPid(), e);
      }
    }
  }

  private void push(String pid, Optional<String> factoryPid, Map<String, Object> values)
      throws KuraException {
    if (factoryPid.isEmpty()) {
      values.putIfAbsent(KURA_SERVICE_PID, pid);
      admin.write(pid, values);
    } else if (!admin.contains(pid)) {
      createFactoryConfiguration(factoryPid.get(), pid, values, false);
    }
  }

  private static Optional<String> factoryPid(ComponentConfiguration configuration) {
    Map<String, Object> values = configuration.getConfigurationProperties();
    return values != null
            && values.get(ConfigurationAdmin.SERVICE_FACTORYPID) instanceof String factoryPid
        ? Optional.of(factoryPid)
        : Optional.empty();
  }

  private Configured running(Instance instance) throws KuraException {
    OCD definition = definitions.of(instance.pid(), instance.factoryPid()).orElse(null);
    return new Configured(
        instance.pid(), definition, admin.read(instance.servicePid(), definition));
  }

  private Optional<OCD> definition(String pid) {
    return definitions.of(pid, instances.get(pid).map(Instance::factoryPid).orElse(null));
  }

  private ServiceReference<?>[] services() {
    try {
      ServiceReference<?>[] all = context.getAllServiceReferences(null, null);
      return all == null ? new ServiceReference<?>[0] : all;
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
