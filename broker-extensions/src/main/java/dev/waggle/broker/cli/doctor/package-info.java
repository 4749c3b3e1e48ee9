/** {@code waggle doctor}: one finding for each thing that a broker needs. */
@NullMarked
package dev.waggle.broker.cli.doctor;

import org.jspecify.annotations.NullMarked;
