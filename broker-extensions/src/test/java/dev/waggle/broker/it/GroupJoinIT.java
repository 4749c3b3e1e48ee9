package dev.waggle.broker.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How people come into a group; the table of PROTOCOL.md says what must happen, and is the test's data. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GroupJoinIT {
    private static final Path DOCUMENT = Path.of("../chat-topics-spec/PROTOCOL.md");

    private TestBroker broker;
    private GroupDevice owner;
    private GroupDevice bob;
    private int groups;

    @BeforeAll
    void start(@TempDir Path data) throws Exception {
        broker = new TestBroker(data);
        owner = new GroupDevice(broker, "olga");
        bob = new GroupDevice(broker, "bob");
    }

    @AfterAll
    void stop() throws Exception {
        owner.close();
        bob.close();
        broker.close();
    }

    private record Cell(String policy, String who, String outcome) {}

    /** The rows between the head of the table and the next empty line. */
    static List<Cell> cells() throws IOException {
        List<String> rows = Files.readAllLines(DOCUMENT).stream()
                .dropWhile(line -> !line.startsWith("| `join` |"))
                .takeWhile(line -> line.startsWith("|"))
                .toList();
        List<String> who = List.of("invited", "anybody", "banned");
        List<Cell> cells = new ArrayList<>();
        for (String row : rows.subList(2, rows.size())) {
            String[] columns = row.split("\\|");
            for (int i = 0; i < who.size(); i++) {
                cells.add(new Cell(columns[1].split("`")[1], who.get(i), columns[i + 2].strip()));
            }
        }
        assertThat(cells).hasSize(12);
        return cells;
    }

    @ParameterizedTest
    @MethodSource("cells")
    void join_doesWhatTheTableSays(Cell cell) throws Exception {
        String group = create("invite");
        if (cell.who.equals("invited")) {
            owner.done("group.invite", of(group, ",\"users\":[\"bob\"]"));
        } else if (cell.who.equals("banned")) {
            owner.done("group.ban", of(group, ",\"user\":\"bob\""));
        }
        if (!cell.policy.equals("invite")) {
            owner.done("group.update", of(group, ",\"join\":\"" + cell.policy + "\""));
        }

        JsonNode answer = bob.call("group.join", of(group, ""));

        switch (cell.outcome) {
            case "joins" -> {
                assertThat(answer.path("joined").asBoolean()).isTrue();
                assertThat(bob.device.send("g/" + group, "hello").reasonCode()).isZero();
            }
            case "asks" -> {
                assertThat(answer.path("joined").asBoolean(true)).isFalse();
                assertThat(bob.device.send("g/" + group, "hello").reasonCode()).isEqualTo(0x87);
                assertThat(owner.done("group.info", of(group, ""))
                                .at("/requests/0/user")
                                .asText())
                        .isEqualTo("bob");
            }
            default -> {
                assertThat(cell.outcome).isEqualTo("refused");
                assertThat(answer).isEqualTo(bob.call("group.join", of("no-such-group", "")));
                assertThat(answer.at("/error/code").asText()).isEqualTo("not-member");
            }
        }
    }

    @Test
    void invitation_comesWithTheName_andIsTakenOnce() throws Exception {
        String group = "named" + ++groups;
        owner.done("group.create", of(group, ",\"name\":\"Weekend\""));
        owner.done("group.invite", of(group, ",\"users\":[\"bob\"]"));
        assertThat(bob.heard(group, 1)).containsExactly("member 2 {\"name\":\"Weekend\",\"invited\":[\"bob\"]}");
        assertThat(bob.refusal("history", "{\"conv\":\"g/" + group + "\"}")).isEqualTo("not-member");
        owner.device.send("g/" + group, "not yet for bob");

        assertThat(bob.done("group.join", of(group, "")).path("seq").asLong()).isEqualTo(4);
        owner.device.send("g/" + group, "for bob too");

        // His own joining comes to his other devices, and of what was before only the invitation was his.
        assertThat(bob.heard(group, 2)).hasSize(2).last().isEqualTo("in 5 for bob too");
        assertThat(owner.heard(group, 1)).containsExactly("member 4 {\"added\":[\"bob\"]}");
    }

    @Test
    void invitation_declined_orTakenBack_isNoneAnyMore() throws Exception {
        String group = create("invite");
        owner.done("group.invite", of(group, ",\"users\":[\"bob\"]"));
        assertThat(bob.done("group.decline", of(group, "")).path("seq").asLong())
                .isEqualTo(3);
        assertThat(owner.heard(group, 1)).containsExactly("member 3 {\"declined\":[\"bob\"]}");
        assertThat(bob.refusal("group.decline", of(group, ""))).isEqualTo("not-member");
        assertThat(bob.refusal("group.join", of(group, ""))).isEqualTo("not-member");

        owner.done("group.invite", of(group, ",\"users\":[\"bob\"]"));
        owner.done("group.refuse", of(group, ",\"users\":[\"bob\"]"));
        assertThat(bob.heard(group, 3).get(2)).isEqualTo("member 5 {\"refused\":[\"bob\"]}");
        assertThat(bob.refusal("group.join", of(group, ""))).isEqualTo("not-member");
    }

    @Test
    void request_isToldToTheGroup_andAnsweredByAdd() throws Exception {
        String group = create("approval");
        bob.done("group.join", of(group, ""));
        assertThat(owner.heard(group, 1)).containsExactly("member 2 {\"requested\":[\"bob\"]}");
        assertThat(bob.done("group.join", of(group, "")).path("seq").asLong())
                .as("asking twice is asking once")
                .isEqualTo(2);

        owner.done("group.add", of(group, ",\"users\":[\"bob\"]"));

        assertThat(bob.heard(group, 1)).containsExactly("member 3 {\"added\":[\"bob\"]}");
        assertThat(owner.done("group.info", of(group, "")).has("requests")).isFalse();
    }

    @Test
    void closedGroup_takesNoInvitations_butAdds() throws Exception {
        String group = create("closed");
        assertThat(owner.refusal("group.invite", of(group, ",\"users\":[\"bob\"]")))
                .isEqualTo("not-allowed");
        owner.done("group.add", of(group, ",\"users\":[\"bob\"]"));
        assertThat(bob.device.send("g/" + group, "hello").reasonCode()).isZero();
    }

    private String create(String policy) throws Exception {
        String group = "join" + ++groups;
        owner.done("group.create", of(group, ",\"join\":\"" + policy + "\""));
        return group;
    }

    private static String of(String group, String fields) {
        return "{\"group\":\"" + group + "\"" + fields + "}";
    }
}
