/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.installation;

import java.util.ArrayList;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;

/** Which bundles of Rejoin are not resolved, and what they lack. */
final class Diagnosis {

  private static final String OURS = "io.rejoin.";

  private Diagnosis() {}

  static boolean isOurs(Bundle bundle) {
    String name = bundle.getSymbolicName();
    return name != null && name.startsWith(OURS);
  }

  /** One line for each bundle of Rejoin that is not resolved. */
  static List<String> of(Bundle[] bundles) {
    List<String> lines = new ArrayList<>();
    for (Bundle bundle : bundles) {
      if (isOurs(bundle) && bundle.getState() == Bundle.INSTALLED) {
        lines.add(
            bundle.getSymbolicName()
                + " "
                + bundle.getVersion()
                + " is installed and cannot start: "
                + reasons(bundle, bundles));
      }
    }
    return lines;
  }

  private static String reasons(Bundle bundle, Bundle[] bundles) {
    List<String> reasons = new ArrayList<>();
    BundleRevision revision = bundle.adapt(BundleRevision.class);
    if (revision != null) {
      for (BundleRequirement requirement : revision.getDeclaredRequirements(null)) {
        if (isNeededToResolve(requirement)) {
          addReason(requirement, bundles, reasons);
        }
      }
    }
    return reasons.isEmpty()
        ? "all it needs is there, but not in one consistent set; restart Kura"
        : String.join("; ", reasons);
  }

  private static boolean isNeededToResolve(BundleRequirement requirement) {
    String effective = requirement.getDirectives().get(Constants.EFFECTIVE_DIRECTIVE);
    return !requirement.getDirectives().containsKey(Constants.RESOLUTION_DIRECTIVE)
        && (effective == null || effective.equals(Constants.EFFECTIVE_RESOLVE));
  }

  private static void addReason(
      BundleRequirement requirement, Bundle[] bundles, List<String> reasons) {
    Bundle unresolved = null;
    for (Bundle bundle : bundles) {
      if (provides(bundle, requirement)) {
        if (bundle.getState() != Bundle.INSTALLED) {
          return;
        }
        unresolved = bundle;
      }
    }
    String need = Need.inWords(requirement.getNamespace(), filter(requirement));
    if (unresolved == null) {
      reasons.add("it needs " + need + ", which nothing here provides" + Need.remedy(need));
    } else if (unresolved.getBundleId() != requirement.getRevision().getBundle().getBundleId()) {
      reasons.add(
          "it needs "
              + need
              + " of "
              + unresolved.getSymbolicName()
              + ", which cannot start either");
    }
  }

  private static String filter(BundleRequirement requirement) {
    String filter = requirement.getDirectives().get(Constants.FILTER_DIRECTIVE);
    return filter == null ? "" : filter;
  }

  private static boolean provides(Bundle bundle, BundleRequirement requirement) {
    BundleRevision revision = bundle.adapt(BundleRevision.class);
    if (revision == null) {
      return false;
    }
    List<BundleCapability> offered = revision.getDeclaredCapabilities(requirement.getNamespace());
    return offered.stream().anyMatch(requirement::matches);
  }
}
