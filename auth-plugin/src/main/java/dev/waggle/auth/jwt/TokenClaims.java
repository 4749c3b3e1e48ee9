package dev.waggle.auth.jwt;

import dev.waggle.auth.Identity;

/** What a token says, in the types of the contract. */
record TokenClaims(Identity identity, TokenTimes times) {}
