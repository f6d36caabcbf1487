/** The content of messages. */
@Version("1.5.0")
@Export
package org.eclipse.kura.message;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
