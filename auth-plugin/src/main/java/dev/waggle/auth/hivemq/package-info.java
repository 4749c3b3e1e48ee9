/**
 * The faces that the host broker sees: authenticator and authorizer. The only package that knows its SDK; everything is
 * decided elsewhere.
 */
@NullMarked
package dev.waggle.auth.hivemq;

import org.jspecify.annotations.NullMarked;
