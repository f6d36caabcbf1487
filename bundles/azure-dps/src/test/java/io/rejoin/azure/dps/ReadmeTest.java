/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.dps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rejoin.azure.dps.identity.HmacKey;
import io.rejoin.azure.dps.state.StateStore;
import io.rejoin.retry.FailureKind;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README promises a reader who copies from it. */
class ReadmeTest {

  private static final String GROUP_KEY =
      "8isrFI1sGsIlvvFSSFRiMfCNzv21fjbE/+ah/lSh3lF8e2YG1Te7w1KpZhJFFXJrqYKi9yegxkqIChbqOS9Egw==";

  @Test
  void shouldNameEachSettingAndItsDefault() throws Exception {
    String readme = readme();
    for (Method method : ProvisionerConfig.class.getDeclaredMethods()) {
      String name = method.getName().replace('_', '.');
      String value = String.valueOf(method.getDefaultValue());
      if (!method.isSynthetic()) {
        assertTrue(readme.contains("`" + name + "`"), name);
        assertTrue(value.startsWith("(") || readme.contains(value), name + " has " + value);
      }
    }
  }

  @Test
  void shouldShowAFileAsItIs(@TempDir Path directory) throws Exception {
    String readme = readme();
    int start = readme.indexOf("```json\n") + "```json\n".length();
    Path file = directory.resolve("example.json");
    Files.writeString(file, readme.substring(start, readme.indexOf("```", start)));

    StateStore.Loaded loaded = new StateStore(file, "0ne00A1B2C3", "pump-7").load();

    assertEquals("", loaded.remark());
    assertTrue(loaded.state().isPresent());
  }

  @Test
  void shouldExplainEachFailureByItsWords() throws IOException {
    String readme = readme();
    for (FailureKind kind :
        EnumSet.of(
            FailureKind.ID_SCOPE_UNKNOWN,
            FailureKind.REGISTRATION_UNKNOWN,
            FailureKind.ENROLMENT_DISABLED,
            FailureKind.PROVISIONING_UNAUTHORIZED,
            FailureKind.CLOCK_WRONG,
            FailureKind.OWN_CERTIFICATE_EXPIRED,
            FailureKind.PROVISIONING_BUDGET_EMPTY,
            FailureKind.THROTTLED,
            FailureKind.PROVISIONING_FAILED,
            FailureKind.CERTIFICATE_UNTRUSTED,
            FailureKind.CERTIFICATE_NOT_YET_VALID,
            FailureKind.CAPTIVE_PORTAL,
            FailureKind.NAME_SERVICE_DOWN,
            FailureKind.NAME_NOT_FOUND,
            FailureKind.PROXY_REFUSED,
            FailureKind.MISCONFIGURED)) {
      assertTrue(readme.contains("| " + kind.words()), kind.words());
    }
  }

  @Test
  void shouldShowKeysAsTheyAreDerived() throws IOException {
    HmacKey group = HmacKey.ofBase64(GROUP_KEY);
    for (String id : new String[] {"pump-7", "pump-8"}) {
      assertTrue(readme().contains(id + "\t" + group.deriveBase64(id)), id);
    }
  }

  private static String readme() throws IOException {
    return Files.readString(Path.of("README.md"));
  }
}
