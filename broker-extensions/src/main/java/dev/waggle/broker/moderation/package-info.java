/** What is done about messages that others should not have to see: reports, rules, and who is asked. */
@NullMarked
package dev.waggle.broker.moderation;

import org.jspecify.annotations.NullMarked;
