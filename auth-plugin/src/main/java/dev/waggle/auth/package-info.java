/** Who is it, may they: tokens in, verdicts out. Fails closed. */
@NullMarked
package dev.waggle.auth;

import org.jspecify.annotations.NullMarked;
