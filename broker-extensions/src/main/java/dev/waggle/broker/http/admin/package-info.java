/** What administrators may ask over HTTP; each path is a class of its own. */
@NullMarked
package dev.waggle.broker.http.admin;

import org.jspecify.annotations.NullMarked;
