/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.itests;

import java.time.Duration;
import javax.inject.Inject;
import org.eclipse.kura.configuration.ConfigurationService;
import org.junit.After;
import org.junit.Before;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.BundleContext;

/** A test that runs inside the framework, which is started once for each class. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public abstract class FrameworkTest {

  @Inject private BundleContext context;
  @Inject private ConfigurationService configurations;

  Gateway gateway;

  @Configuration
  public Option[] platform() {
    return KuraPlatform.start(scrWaits());
  }

  /** Long, so that a wait which should not be there is seen. */
  Duration scrWaits() {
    return Duration.ofSeconds(60);
  }

  @Before
  public void findGateway() throws Exception {
    gateway = new Gateway(context, configurations);
  }

  @After
  public void endFaults() {
    gateway.azure().hubA().clearFaults();
    gateway.azure().hubB().clearFaults();
    gateway.azure().dps().clearFaults();
  }
}
