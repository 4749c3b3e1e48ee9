package dev.waggle.auth.hivemq;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.waggle.auth.hivemq.RawClient.Connect;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Tokens are in no log. */
class TokenSecrecyIT extends OnSecuredHost {
    @Test
    void connect_grantedAndRefused_noPartOfATokenInAnyLog() throws Exception {
        Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        Logger own = (Logger) LoggerFactory.getLogger("dev.waggle.auth");
        Logger authenticator = (Logger) LoggerFactory.getLogger(ChatAuthenticator.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        List<String> tokens = List.of(host.token("leo", null), host.token("leo", "d"));
        root.addAppender(log);
        own.setLevel(Level.TRACE);
        authenticator.setLevel(Level.TRACE);
        try {
            for (String token : tokens) {
                host.raw(Connect.of(5, "leo.d", token));
                host.raw(Connect.of(5, "bob.d", token));
                host.raw(Connect.of(5, "leo.d", token + "A"));
                host.raw(Connect.of(5, "leo.d", token.substring(0, token.length() - 4) + "AAAA"));
                host.raw(Connect.of(5, "leo.d", null).user(token));
            }
        } finally {
            root.detachAppender(log);
            own.setLevel(null);
            authenticator.setLevel(Level.OFF);
        }
        List<String> lines =
                log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();

        assertThat(lines)
                .as("T-17")
                .anyMatch(line -> line.contains("granted: user leo"))
                .anyMatch(line -> line.contains("refused: 0x85"));
        for (String token : tokens) {
            for (String part : token.split("\\.")) {
                assertThat(lines).noneMatch(line -> line.contains(part.substring(0, 20)));
            }
        }
    }
}
