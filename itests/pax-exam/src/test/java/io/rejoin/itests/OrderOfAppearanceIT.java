/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.itests;

import static org.junit.Assert.assertEquals;

import io.rejoin.azure.emulator.dps.DpsCount;
import io.rejoin.provisioning.Provisioner;
import io.rejoin.retry.RetryPolicy;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.eclipse.kura.cloudconnection.CloudConnectionManager;
import org.eclipse.kura.message.store.provider.MessageStoreProvider;
import org.junit.Test;

/**
 * At a gateway's boot, store, packages and configuration appear in any order. Whatever it is, the
 * connection comes up and delivers, and one that knows its hub does so without a call to DPS.
 *
 * <p>The default is the smallest set found in which any three parts come in each of their orders;
 * {@code -Drejoin.orders=all} runs all 120.
 */
public class OrderOfAppearanceIT extends FrameworkTest {

  private enum Part {
    /** The database that keeps the messages. */
    STORE,
    /** The package with the retry policies. */
    POLICY,
    /** The package with the provisioner. */
    PROVISIONER,
    /** The package with endpoint, connection and publisher. */
    CONNECTION,
    /** All configurations of the three packages. */
    CONFIGURATION
  }

  @Test
  public void shouldDeliverInWhateverOrderThePartsAppear() throws Exception {
    Stack stack = new Stack(gateway, "orders");
    List<Part> parts = List.of(Part.values());
    boolean all = System.getProperty("rejoin.orders").equals("all");
    List<List<Part>> orders = all ? Orders.all(parts) : Orders.coveringThrees(parts);

    for (int i = 0; i < orders.size(); i++) {
      // In haste, or with each part settled before the next one comes.
      for (boolean settled : all ? List.of(false, true) : List.of(i % 2 == 0)) {
        appear(stack, orders.get(i), settled);
        stack.awaitReceived(
            gateway.azure().hubA(), Set.of(stack.publish(orders.get(i) + ", settled " + settled)));
        disappear(stack);
      }
    }

    assertEquals("first boot alone", 1, gateway.azure().dps().counted(DpsCount.BILLED));
    assertEquals("known from the file", 0, gateway.azure().dps().counted(DpsCount.LOOKUPS));
  }

  private void appear(Stack stack, List<Part> order, boolean settled) throws Exception {
    Set<Part> there = EnumSet.noneOf(Part.class);
    for (Part part : order) {
      switch (part) {
        case STORE -> stack.createStore();
        case POLICY -> gateway.start(Features.POLICIES);
        case PROVISIONER -> gateway.start(Features.DPS);
        case CONNECTION -> gateway.start(Features.IOT_HUB);
        case CONFIGURATION -> stack.configure();
      }
      there.add(part);
      if (settled) {
        settle(stack, there);
      }
    }
  }

  /** Waits for the services that can be there by now. */
  private void settle(Stack stack, Set<Part> there) throws Exception {
    if (there.contains(Part.STORE)) {
      gateway.service(MessageStoreProvider.class, stack.store());
    }
    if (!there.contains(Part.CONFIGURATION)) {
      return;
    }
    if (there.contains(Part.POLICY)) {
      gateway.service(RetryPolicy.class, stack.policy());
    }
    if (there.contains(Part.PROVISIONER)) {
      gateway.service(Provisioner.class, stack.provisioner());
    }
    if (there.contains(Part.CONNECTION)) {
      gateway.service(CloudConnectionManager.class, stack.endpoint());
    }
  }

  private void disappear(Stack stack) throws Exception {
    stack.delete();
    for (String feature : Features.ALL) {
      gateway.uninstall(feature);
    }
  }
}
