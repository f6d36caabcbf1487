/** A retry policy for links that are paid by volume. */
@NullMarked
package com.example.retry;

import org.jspecify.annotations.NullMarked;
