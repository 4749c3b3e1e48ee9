package dev.waggle.broker.cli;

import dev.waggle.auth.jwt.LocalKeys;
import dev.waggle.broker.cli.local.CommandFailed;
import dev.waggle.broker.cli.local.PrivateFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;

/** The local issuer's keys in a data directory, which need not exist yet. */
final class LocalIssuers {

    private LocalIssuers() {}

    static LocalKeys keys(Path data, SecureRandom random) throws CommandFailed {
        try {
            PrivateFiles.createDirectory(data);
        } catch (IOException refused) {
            throw new CommandFailed(
                    CommandFailed.FAILED, "the data directory " + data + " cannot be made: " + refused, refused);
        }
        var opened = LocalKeys.open(data, random);
        if (!opened.isOk()) {
            throw new CommandFailed(opened.fold(keys -> "", reason -> reason));
        }
        return opened.get();
    }
}
