/** The topic grammar of the contract, both ways and total: any string gives a topic or a reason. */
@NullMarked
package dev.waggle.spec.topic;

import org.jspecify.annotations.NullMarked;
