/** The clock. */
@Version("1.0.1")
@Export
package org.eclipse.kura.clock;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
