package dev.waggle.broker.cli.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.broker.cli.chat.Line.Ask;
import dev.waggle.broker.cli.chat.Line.Say;
import dev.waggle.spec.ConversationName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineTest {
    private static final ConversationName BOB = ConversationName.parse("d/bob").get();
    private static final ConversationName TEAM =
            ConversationName.parse("g/team").get();

    private static Line parsed(String typed) {
        return Line.parse(typed, TEAM).get();
    }

    @Test
    void text_isAMessage_twoSlashesStandForOne() {
        assertThat(parsed("hello / all")).isEqualTo(new Say("hello / all"));
        assertThat(parsed("//shrug")).isEqualTo(new Say("/shrug"));
        assertThat(parsed("  ")).isEqualTo(new Line.Nothing());
    }

    @Test
    void command_isACall() {
        assertThat(parsed("/add bob  carol"))
                .isEqualTo(new Ask("group.add", "{\"group\":\"team\",\"users\":[\"bob\",\"carol\"]}"));
        assertThat(parsed("/remove bob"))
                .isEqualTo(new Ask("group.remove", "{\"group\":\"team\",\"users\":[\"bob\"]}"));
        assertThat(parsed("/leave")).isEqualTo(new Ask("group.leave", "{\"group\":\"team\"}"));
        assertThat(parsed("/members")).isEqualTo(new Ask("group.info", "{\"group\":\"team\"}"));
        assertThat(parsed("/history 5")).isEqualTo(new Ask("history", "{\"conv\":\"g/team\",\"limit\":5}"));
        assertThat(parsed("/quit")).isEqualTo(new Line.Quit());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/dance", "/add", "/leave now", "/history many", "/history 201", "/history 1 2"})
    void wrongCommand_isRefused(String typed) {
        assertThat(Line.parse(typed, TEAM).isOk()).isFalse();
    }

    @Test
    void groupCommand_oneToOne_isRefused() {
        assertThat(Line.parse("/members", BOB).isOk()).isFalse();
    }
}
