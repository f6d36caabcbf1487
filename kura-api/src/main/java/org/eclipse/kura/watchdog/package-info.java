/** The watchdog. */
@Version("1.0.2")
@Export
package org.eclipse.kura.watchdog;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
