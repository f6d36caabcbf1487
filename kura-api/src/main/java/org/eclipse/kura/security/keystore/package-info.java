/** Keystores of the gateway. */
@Version("1.2.0")
@Export
package org.eclipse.kura.security.keystore;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
