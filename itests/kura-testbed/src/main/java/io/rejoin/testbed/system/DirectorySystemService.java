/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.testbed.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.eclipse.kura.system.ExtendedProperties;
import org.eclipse.kura.system.SystemResourceInfo;
import org.eclipse.kura.system.SystemService;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * A gateway below one directory, that of the framework or system property {@code kura.home}, laid
 * out as Kura 5.6.0 does: {@code data} for what survives a restart, {@code user/snapshots}, {@code
 * user/security}. What the JVM knows is real, all other facts are {@link SystemService#UNKNOWN}; a
 * system property of the key's name overrides both. Memory is in KiB, as in Kura.
 */
@Component(name = "org.eclipse.kura.system.SystemService", service = SystemService.class)
public final class DirectorySystemService implements SystemService {
  private static final int KIBIBYTE = 1024;

  private final BundleContext context;
  private final Properties properties;

  @Activate
  public DirectorySystemService(BundleContext context) throws IOException {
    this.context = context;
    this.properties = properties(home(context.getProperty(KEY_KURA_HOME_DIR)));
    for (String key : List.of(KEY_KURA_DATA_DIR, KEY_KURA_SNAPSHOTS_DIR, KEY_KURA_TMP_DIR)) {
      Files.createDirectories(Path.of(get(key)));
    }
    Files.createDirectories(Path.of(get(KEY_KURA_USER_CONFIG_DIR), "security"));
  }

  private static Path home(@Nullable String home) {
    if (home == null) {
      throw new IllegalStateException(
          "the testbed needs the property kura.home: the directory of the gateway's files");
    }
    return Path.of(home).toAbsolutePath();
  }

  private static Properties properties(Path home) {
    Properties properties = new Properties();
    properties.putAll(System.getProperties());
    properties.setProperty(KEY_KURA_HOME_DIR, home.toString());
    properties.setProperty(KEY_KURA_DATA_DIR, home.resolve("data").toString());
    properties.setProperty(KEY_KURA_TMP_DIR, home.resolve("tmp").toString());
    properties.setProperty(KEY_KURA_FRAMEWORK_CONFIG_DIR, home.resolve("framework").toString());
    properties.setProperty(KEY_KURA_USER_CONFIG_DIR, home.resolve("user").toString());
    properties.setProperty(KEY_KURA_SNAPSHOTS_DIR, home.resolve("user/snapshots").toString());
    properties.putIfAbsent(KEY_KURA_SNAPSHOTS_COUNT, "10");
    properties.putIfAbsent(KEY_KURA_VERSION, "KURA_5.6.0");
    properties.putIfAbsent(KEY_DEVICE_NAME, "testbed");
    return properties;
  }

  private String get(String key) {
    return properties.getProperty(key, UNKNOWN);
  }

  @Override
  public String getPrimaryMacAddress() {
    return UNKNOWN;
  }

  @Override
  public String getPrimaryNetworkInterfaceName() {
    return get(KEY_PRIMARY_NET_IFACE);
  }

  @Override
  public String getPlatform() {
    return get(KEY_PLATFORM);
  }

  @Override
  public String getModelId() {
    return get(KEY_MODEL_ID);
  }

  @Override
  public String getModelName() {
    return get(KEY_MODEL_NAME);
  }

  @Override
  public String getPartNumber() {
    return get(KEY_PART_NUMBER);
  }

  @Override
  public String getSerialNumber() {
    return get(KEY_SERIAL_NUM);
  }

  @Override
  public String getDeviceName() {
    return get(KEY_DEVICE_NAME);
  }

  @Override
  public String getBiosVersion() {
    return get(KEY_BIOS_VERSION);
  }

  @Override
  public String getFirmwareVersion() {
    return get(KEY_FIRMWARE_VERSION);
  }

  @Override
  public String getOsArch() {
    return get(KEY_OS_ARCH);
  }

  @Override
  public String getOsName() {
    return get(KEY_OS_NAME);
  }

  @Override
  public String getOsVersion() {
    return get(KEY_OS_VER);
  }

  @Override
  public String getOsDistro() {
    return get(KEY_OS_DISTRO);
  }

  @Override
  public String getOsDistroVersion() {
    return get(KEY_OS_DISTRO_VER);
  }

  @Override
  public String getJavaVendor() {
    return get(KEY_JAVA_VENDOR);
  }

  @Override
  public String getJavaVersion() {
    return get(KEY_JAVA_VERSION);
  }

  @Override
  public String getJavaVmName() {
    return get(KEY_JAVA_VM_NAME);
  }

  @Override
  public String getJavaVmVersion() {
    return get(KEY_JAVA_VM_VERSION);
  }

  @Override
  public String getJavaVmInfo() {
    return get(KEY_JAVA_VM_INFO);
  }

  @Override
  public String getOsgiFwName() {
    return get(KEY_OSGI_FW_NAME);
  }

  @Override
  public String getOsgiFwVersion() {
    return get(KEY_OSGI_FW_VERSION);
  }

  @Override
  public String getFileSeparator() {
    return get(KEY_FILE_SEP);
  }

  @Override
  public String getJavaHome() {
    return get(KEY_JAVA_HOME);
  }

  @Override
  public String getKuraVersion() {
    return get(KEY_KURA_VERSION);
  }

  @Override
  public String getKuraFrameworkConfigDirectory() {
    return get(KEY_KURA_FRAMEWORK_CONFIG_DIR);
  }

  @Override
  public String getKuraUserConfigDirectory() {
    return get(KEY_KURA_USER_CONFIG_DIR);
  }

  @Override
  public String getKuraMarketplaceCompatibilityVersion() {
    return get(KEY_KURA_MARKETPLACE_COMPATIBILITY_VERSION);
  }

  @Override
  public String getKuraHome() {
    return get(KEY_KURA_HOME_DIR);
  }

  @Override
  public String getKuraTemporaryConfigDirectory() {
    return get(KEY_KURA_TMP_DIR);
  }

  @Override
  public String getKuraSnapshotsDirectory() {
    return get(KEY_KURA_SNAPSHOTS_DIR);
  }

  @Override
  public int getKuraSnapshotsCount() {
    return Integer.parseInt(get(KEY_KURA_SNAPSHOTS_COUNT));
  }

  @Override
  public String getKuraStyleDirectory() {
    return get(KEY_KURA_STYLE_DIR);
  }

  @Override
  public int getKuraWifiTopChannel() {
    return Integer.MAX_VALUE;
  }

  @Override
  public String getKuraWebEnabled() {
    return get(KEY_KURA_HAVE_WEB_INTER);
  }

  @Override
  public String getKuraDataDirectory() {
    return get(KEY_KURA_DATA_DIR);
  }

  @Override
  public int getFileCommandZipMaxUploadSize() {
    return 0;
  }

  @Override
  public int getFileCommandZipMaxUploadNumber() {
    return 0;
  }

  @Override
  public Properties getProperties() {
    return (Properties) properties.clone();
  }

  @Override
  public Bundle[] getBundles() {
    return context.getBundles();
  }

  @Override
  public List<SystemResourceInfo> getSystemPackages() {
    return List.of();
  }

  @Override
  public int getNumberOfProcessors() {
    return Runtime.getRuntime().availableProcessors();
  }

  @Override
  public long getTotalMemory() {
    return Runtime.getRuntime().totalMemory() / KIBIBYTE;
  }

  @Override
  public long getFreeMemory() {
    return Runtime.getRuntime().freeMemory() / KIBIBYTE;
  }

  @Override
  public char[] getJavaKeyStorePassword() {
    return get(KEY_KURA_KEY_STORE_PWD).toCharArray();
  }

  @Override
  public char[] getJavaTrustStorePassword() {
    return get(KEY_KURA_TRUST_STORE_PWD).toCharArray();
  }

  @Override
  public List<String> getDeviceManagementServiceIgnore() {
    return List.of();
  }

  @Override
  public String getHostname() {
    return UNKNOWN;
  }

  @Override
  public String getNetVirtualDevicesConfig() {
    return get(KEY_KURA_NET_VIRTUAL_DEVICES_CONFIG);
  }

  @Override
  public String getCommandUser() {
    return get(KEY_COMMAND_USER);
  }

  @Override
  public String getCpuVersion() {
    return get(KEY_CPU_VERSION);
  }

  @Override
  public Optional<ExtendedProperties> getExtendedProperties() {
    return Optional.empty();
  }

  @Override
  public boolean isLegacyBluetoothBeaconScan() {
    return false;
  }

  @Override
  public boolean isLegacyPPPLoggingEnabled() {
    return false;
  }

  @Override
  public String getJavaVmVendor() {
    return get(KEY_JAVA_VM_VENDOR);
  }

  @Override
  public String getJdkVendorVersion() {
    return get(KEY_JDK_VENDOR_VERSION);
  }
}
