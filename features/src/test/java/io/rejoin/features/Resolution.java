/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.features;

import aQute.bnd.build.model.clauses.VersionedClause;
import aQute.bnd.repository.fileset.FileSetRepository;
import biz.aQute.resolve.Bndrun;
import biz.aQute.resolve.RunResolution;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;

/**
 * What bnd's resolver makes of a feature on a Kura.
 *
 * @param bundles symbolic name to version range, empty when it does not resolve
 * @param complaint why it does not resolve, empty when it does
 */
record Resolution(TreeMap<String, String> bundles, String complaint) {

  private static final String INCLUDE = "-include: ${.}/kura-5.6.0.bnd";

  /**
   * Resolves.
   *
   * @param bndrun text of the feature
   * @param kura the capability file to resolve against
   * @param available the bundles it may take
   * @param scratch a directory to write to
   */
  static Resolution of(String bndrun, Path kura, List<File> available, Path scratch)
      throws Exception {
    if (!bndrun.contains(INCLUDE)) {
      throw new IllegalArgumentException("a feature has to say " + INCLUDE);
    }
    Path copy = scratch.resolve("feature.bndrun");
    Files.writeString(copy, bndrun.replace(INCLUDE, "-include: " + kura.toUri()));
    try (Bndrun run = Bndrun.createBndrun(null, copy.toFile())) {
      run.getWorkspace().addBasicPlugin(new FileSetRepository("bundles", available));
      RunResolution resolution = run.resolve();
      return resolution.isOK()
          ? new Resolution(ranges(resolution.getRunBundles()), "")
          : new Resolution(new TreeMap<>(), resolution.report(false));
    }
  }

  private static TreeMap<String, String> ranges(List<VersionedClause> clauses) {
    TreeMap<String, String> ranges = new TreeMap<>();
    clauses.forEach(clause -> ranges.put(clause.getName(), clause.getVersionRange()));
    return ranges;
  }
}
