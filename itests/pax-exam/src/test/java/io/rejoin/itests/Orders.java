/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.itests;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Orders in which things can happen. */
final class Orders {

  private Orders() {}

  static <T> List<List<T>> all(List<T> things) {
    if (things.isEmpty()) {
      return List.of(List.of());
    }
    List<List<T>> orders = new ArrayList<>();
    for (T first : things) {
      List<T> others = new ArrayList<>(things);
      others.remove(first);
      for (List<T> rest : all(others)) {
        List<T> order = new ArrayList<>(List.of(first));
        order.addAll(rest);
        orders.add(order);
      }
    }
    return orders;
  }

  /** A few of all orders, in which any three things still come in each of their six orders. */
  static <T> List<List<T>> coveringThrees(List<T> things) {
    List<List<T>> all = all(things);
    Set<List<T>> missing = new HashSet<>();
    all.forEach(order -> missing.addAll(threes(order)));
    List<List<T>> chosen = new ArrayList<>();
    while (!missing.isEmpty()) {
      List<T> best = all.get(0);
      long most = -1;
      for (List<T> order : all) {
        long covers = threes(order).stream().filter(missing::contains).count();
        if (covers > most) {
          most = covers;
          best = order;
        }
      }
      chosen.add(best);
      missing.removeAll(threes(best));
    }
    return chosen;
  }

  private static <T> List<List<T>> threes(List<T> order) {
    List<List<T>> threes = new ArrayList<>();
    for (int i = 0; i < order.size(); i++) {
      for (int j = i + 1; j < order.size(); j++) {
        for (int k = j + 1; k < order.size(); k++) {
          threes.add(List.of(order.get(i), order.get(j), order.get(k)));
        }
      }
    }
    return threes;
  }
}
