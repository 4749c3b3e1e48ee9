/**
 * Tokens: the local issuer that signs them and the checks that every token passes. The only package that knows JOSE.
 */
@NullMarked
package dev.waggle.auth.jwt;

import org.jspecify.annotations.NullMarked;
