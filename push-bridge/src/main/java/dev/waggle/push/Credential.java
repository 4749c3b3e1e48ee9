package dev.waggle.push;

/**
 * What is shown to a provider and ends by itself, such as an access token. Keys for signing do not end.
 *
 * @param since when it was got, Unix milliseconds, or 0: none was yet
 * @param until when it ends, Unix milliseconds, or 0: none was got yet
 * @param failedAt when getting a new one failed last, Unix milliseconds, or 0: not since the last one was got
 */
public record Credential(long since, long until, long failedAt) {}
