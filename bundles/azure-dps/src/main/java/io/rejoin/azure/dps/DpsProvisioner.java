/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.dps;

import io.rejoin.azure.dps.SettingsReader.Reading;
import io.rejoin.azure.dps.protocol.DpsErrors;
import io.rejoin.azure.dps.protocol.DpsTime;
import io.rejoin.azure.dps.state.ProvisioningState;
import io.rejoin.azure.dps.state.StateStore;
import io.rejoin.provisioning.Assignment;
import io.rejoin.provisioning.DeviceCredential;
import io.rejoin.provisioning.Provisioner;
import io.rejoin.provisioning.ProvisionerStatus;
import io.rejoin.provisioning.ProvisioningRequest;
import io.rejoin.provisioning.ProvisioningResult;
import io.rejoin.retry.Failure;
import io.rejoin.retry.FailureKind;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.configuration.ConfigurationService;
import org.eclipse.kura.crypto.CryptoService;
import org.eclipse.kura.security.keystore.KeystoreService;
import org.eclipse.kura.ssl.SslManagerService;
import org.eclipse.kura.system.SystemService;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Azure's Device Provisioning Service as a Kura component. Keeps the last configuration that could
 * be used, and says what is wrong with a later one.
 */
@Component(
    name = DpsProvisioner.PID,
    service = {Provisioner.class, ConfigurableComponent.class},
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = ProvisionerConfig.class, factory = true)
public final class DpsProvisioner implements Provisioner, ConfigurableComponent {

  static final String PID = "io.rejoin.azure.dps.Provisioner";

  private static final Logger logger = LoggerFactory.getLogger(DpsProvisioner.class);
  private static final String CHANGEME = "(kura.service.pid=changeme)";

  private final CryptoService cryptoService;
  private final SystemService systemService;
  private final String name;
  private final Registrar.Environment environment;
  private final KuraServices services = new KuraServices();

  private volatile @Nullable Registrar registrar;
  private volatile String configurationProblem = "";
  private volatile String storeRemark = "";

  @Activate
  public DpsProvisioner(
      @Reference CryptoService cryptoService,
      @Reference SystemService systemService,
      Map<String, Object> properties) {
    this(
        cryptoService,
        systemService,
        properties,
        new Registrar.Environment(DpsTime.system(), new SecureRandom(), BuildTime.get()));
  }

  DpsProvisioner(
      CryptoService cryptoService,
      SystemService systemService,
      Map<String, Object> properties,
      Registrar.Environment environment) {
    this.cryptoService = cryptoService;
    this.systemService = systemService;
    this.environment = environment;
    this.name =
        Objects.toString(properties.get(ConfigurationService.KURA_SERVICE_PID), "provisioner");
    updated(properties);
  }

  @Reference(
      name = "KeystoreService",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY,
      target = CHANGEME)
  void bindKeystoreService(KeystoreService service) {
    services.bind(service);
  }

  void unbindKeystoreService(KeystoreService service) {
    services.unbind(service);
  }

  @Reference(
      name = "SslManagerService",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY,
      target = CHANGEME)
  void bindSslManagerService(SslManagerService service) {
    services.bind(service);
  }

  void unbindSslManagerService(SslManagerService service) {
    services.unbind(service);
  }

  @Modified
  synchronized void updated(Map<String, Object> properties) {
    Reading reading =
        systemService.getKuraDataDirectory() == null
            ? new Reading(Optional.empty(), "Kura names no data directory (kura.data)")
            : SettingsReader.read(properties, this::decrypted);
    if (!reading.problem().isEmpty() && !reading.problem().equals(configurationProblem)) {
      logger.warn(
          "{}: {}; {}",
          name,
          reading.problem(),
          registrar == null ? "nothing works until then" : "the previous configuration stays");
    }
    configurationProblem = reading.problem();
    reading.settings().ifPresent(this::use);
  }

  private void use(Settings settings) {
    Registrar previous = registrar;
    if (previous != null && previous.settings().equals(settings)) {
      return;
    }
    if (previous != null) {
      previous.close();
    }
    NetworkAccess access = new NetworkAccess(settings, services, environment.time());
    StateStore store =
        new StateStore(
            file(), settings.registration().idScope(), settings.registration().registrationId());
    registrar =
        new Registrar(
            name,
            settings,
            store,
            state(previous, settings, store),
            access,
            new DpsErrors(settings.attestation(), access),
            environment);
    logger.info("{}: provisions with {}", name, settings.service());
  }

  /** The same registration goes on with what it has, even if the disk failed in between. */
  private ProvisioningState state(
      @Nullable Registrar previous, Settings settings, StateStore store) {
    if (previous != null && previous.settings().registration().equals(settings.registration())) {
      return previous.state();
    }
    StateStore.Loaded loaded = store.load();
    storeRemark = loaded.remark();
    if (!loaded.remark().isEmpty()) {
      logger.warn("{}: {}", name, loaded.remark());
    }
    return loaded.state().orElseGet(() -> ProvisioningState.initial(settings.budget()));
  }

  private Path file() {
    String fileName = name.replaceAll("[^A-Za-z0-9._-]", "_") + ".dps.json";
    return Path.of(systemService.getKuraDataDirectory(), "rejoin", fileName);
  }

  private String decrypted(String secret) {
    try {
      return new String(cryptoService.decryptAes(secret.toCharArray()));
    } catch (KuraException | RuntimeException e) {
      // It arrives in clear when an instance has just been created.
      return secret;
    }
  }

  @Override
  public CompletionStage<ProvisioningResult> provision(ProvisioningRequest request) {
    Registrar current = registrar;
    return current == null
        ? CompletableFuture.completedFuture(
            new ProvisioningResult.Failed(
                Failure.of(FailureKind.MISCONFIGURED, configurationProblem)))
        : current.provision(request);
  }

  @Override
  public Optional<Assignment> cachedAssignment() {
    Registrar current = registrar;
    return current == null ? Optional.empty() : current.cachedAssignment();
  }

  @Override
  public Optional<DeviceCredential> credential() {
    Registrar current = registrar;
    return current == null ? Optional.empty() : current.credential();
  }

  @Override
  public ProvisionerStatus status() {
    Registrar current = registrar;
    if (current == null) {
      return new ProvisionerStatus("", 0, null, null, "", configurationProblem);
    }
    ProvisionerStatus status = current.status();
    return new ProvisionerStatus(
        status.service(),
        status.budgetLeft(),
        status.nextBudgetAt(),
        status.lastRegisteredAt(),
        status.lastReason(),
        joined(configurationProblem, status.problem(), storeRemark));
  }

  private static String joined(String... problems) {
    StringBuilder all = new StringBuilder();
    for (String problem : problems) {
      if (!problem.isEmpty()) {
        all.append(all.length() == 0 ? "" : "; ").append(problem);
      }
    }
    return all.toString();
  }

  @Deactivate
  synchronized void deactivate() {
    Registrar current = registrar;
    if (current != null) {
      current.close();
    }
  }
}
