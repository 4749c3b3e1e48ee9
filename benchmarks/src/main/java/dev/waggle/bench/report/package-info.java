/** Figures: histograms, medians, tables. */
@NullMarked
package dev.waggle.bench.report;

import org.jspecify.annotations.NullMarked;
