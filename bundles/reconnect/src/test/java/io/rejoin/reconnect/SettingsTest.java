/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.reconnect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SettingsTest {

  @Test
  void shouldFollowTheGuidanceToTheLetterInTheDocumentedProfile() {
    Settings documented = Settings.documented().build();
    assertEquals(Profile.DOCUMENTED, documented.profile());
    assertEquals(10, documented.failuresBeforeDps());
    assertEquals(Duration.ZERO, documented.slotMin());
    assertEquals(Duration.ZERO, documented.slotMax());
    assertEquals(Duration.ZERO, documented.confirmedSpread());
    assertEquals(1, documented.registerAtOccasion());
  }

  @Test
  void shouldFollowTheGuidanceOnLargeFleetsInTheRecommendedProfile() {
    Settings recommended = Settings.recommended().build();
    assertEquals(Profile.RECOMMENDED, recommended.profile());
    assertEquals(10, recommended.failuresBeforeDps());
    assertEquals(Duration.ofMinutes(15), recommended.slotMin());
    assertEquals(Duration.ofMinutes(30), recommended.slotMax());
    assertEquals(Duration.ofMinutes(10), recommended.probeInterval());
    assertEquals(Duration.ofSeconds(30), recommended.stableAfter());
    assertEquals(Duration.ZERO, recommended.restAfterLimit());
  }

  @Test
  void shouldSizeTheSpreadsForAFleet() {
    Settings fleet = Settings.recommended().fleet(100_000, 100, 1_000).build();
    assertEquals(Duration.ofSeconds(6_180), fleet.confirmedSpread());
    assertEquals(Duration.ofSeconds(900 + 6_180), fleet.slotMax());
    assertEquals(Duration.ofSeconds(1_030), fleet.quotaSpread());
    assertEquals(Duration.ofSeconds(60), fleet.dpsBackoff().base());
    assertEquals(Settings.recommended().build().dpsBackoff().cap(), fleet.dpsBackoff().cap());
  }

  @Test
  void shouldKeepEachNumberThatIsSet() {
    Settings from =
        Settings.recommended()
            .profile(Profile.DOCUMENTED)
            .provisioned(true)
            .mode(ProvisioningMode.ON_ERROR_ONLY)
            .failuresBeforeDps(3)
            .slot(Duration.ofSeconds(1), Duration.ofSeconds(2))
            .confirmedSpread(Duration.ofSeconds(3))
            .registerAtOccasion(4)
            .stableAfter(Duration.ofSeconds(5))
            .probeInterval(Duration.ofSeconds(6))
            .quotaSpread(Duration.ofSeconds(7))
            .hintSpread(Duration.ofSeconds(8))
            .restAfterLimit(Duration.ofSeconds(9))
            .build();
    assertEquals(from, new SettingsBuilder(from).build());
    assertEquals(Profile.DOCUMENTED, from.profile());
    assertTrue(from.provisioned());
    assertEquals(ProvisioningMode.ON_ERROR_ONLY, from.mode());
    assertEquals(3, from.failuresBeforeDps());
    assertEquals(Duration.ofSeconds(1), from.slotMin());
    assertEquals(Duration.ofSeconds(2), from.slotMax());
    assertEquals(Duration.ofSeconds(3), from.confirmedSpread());
    assertEquals(4, from.registerAtOccasion());
    assertEquals(Duration.ofSeconds(5), from.stableAfter());
    assertEquals(Duration.ofSeconds(6), from.probeInterval());
    assertEquals(Duration.ofSeconds(7), from.quotaSpread());
    assertEquals(Duration.ofSeconds(8), from.hintSpread());
    assertEquals(Duration.ofSeconds(9), from.restAfterLimit());
  }

  @Test
  void shouldRefuseWhatMakesNoSense() {
    SettingsBuilder builder = Settings.recommended();
    assertRefused(builder.slot(Duration.ofSeconds(2), Duration.ofSeconds(1)));
    assertRefused(Settings.recommended().failuresBeforeDps(0));
    assertRefused(Settings.recommended().registerAtOccasion(0));
    builder.slot(Duration.ofSeconds(2), Duration.ofSeconds(2)).failuresBeforeDps(1);
    assertEquals(1, builder.registerAtOccasion(1).build().failuresBeforeDps());
  }

  private static void assertRefused(SettingsBuilder builder) {
    assertThrows(IllegalArgumentException.class, builder::build);
  }
}
