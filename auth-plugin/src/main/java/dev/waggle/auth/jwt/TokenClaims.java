package dev.waggle.auth.jwt;

import dev.waggle.auth.CertificateDigest;
import dev.waggle.auth.Identity;
import org.jspecify.annotations.Nullable;

/**
 * What a token says, in the types of the contract.
 *
 * @param certificate the only one with which the token may be used, or null
 */
record TokenClaims(
        Identity identity, TokenTimes times, @Nullable CertificateDigest certificate) {}
