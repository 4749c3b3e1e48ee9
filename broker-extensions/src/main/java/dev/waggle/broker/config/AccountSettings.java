package dev.waggle.broker.config;

import dev.waggle.broker.config.WaggleConfig.Accounts;
import dev.waggle.broker.config.WaggleConfig.RegistrationBy;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;

/** The keys of accounts of the local issuer: who may make one. */
final class AccountSettings {
    private static final String NONE = "none";

    static final Setting<RegistrationBy> REGISTRATION = new Setting<>(
            "registration",
            "",
            "closed",
            Kind.oneOf(RegistrationBy.class),
            "who may make an account over HTTP: nobody, who has an invitation, everybody");
    static final Setting<String> INVITE_FILE = new Setting<>(
            "invite.codeFile",
            "",
            NONE,
            Kind.matching("a path, or none", ".+"),
            "with registration: invite: a file whose first line is a code without end, 12 to 256 characters");

    static final List<Setting<?>> ALL = List.of(REGISTRATION, INVITE_FILE);

    private AccountSettings() {}

    /**
     * @param place where a relative path of a setting begins
     * @param asked true: somebody wrote it on the command line
     */
    static Accounts read(Values values, BiFunction<Setting<?>, String, Path> place, boolean asked) {
        String file = values.of(INVITE_FILE);
        return new Accounts(values.of(REGISTRATION), file.equals(NONE) ? null : place.apply(INVITE_FILE, file), asked);
    }

    static void check(WaggleConfig config, List<Problem> problems) {
        Accounts accounts = config.accounts();
        if (accounts.registration() == RegistrationBy.CLOSED) {
            return;
        }
        if (!config.issuers().hasAccounts()) {
            problems.add(new Problem(
                    REGISTRATION.path(),
                    "there are no accounts: they need the local issuer, and its subjects raw",
                    "closed, or localIssuer.enabled: true with localIssuer.subjects: raw"));
        }
        if (accounts.registration() == RegistrationBy.INVITE) {
            Path file = accounts.inviteFile();
            if (file != null) {
                InviteFile.read(file)
                        .fold(
                                good -> true,
                                reason -> problems.add(new Problem(INVITE_FILE.path(), reason, INVITE_FILE.meaning())));
            }
        } else if (!accounts.openAsked() && heardBeyondThisMachine(config)) {
            problems.add(new Problem(
                    REGISTRATION.path(),
                    "open, and HTTP is heard beyond this machine: any stranger could make accounts",
                    "closed, invite, or --open-registration on the command line to accept it"));
        }
    }

    private static boolean heardBeyondThisMachine(WaggleConfig config) {
        return !ConfigRules.loopback(config.http().bind())
                || config.tls() != null && !ConfigRules.loopback(config.tls().bind());
    }
}
