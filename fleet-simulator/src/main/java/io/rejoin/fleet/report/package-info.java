/** What a simulation showed, for people and for programs. */
@NullMarked
package io.rejoin.fleet.report;

import org.jspecify.annotations.NullMarked;
