package dev.waggle.broker.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code waggle chat}: two terminals see each other, what was before; a killed broker does not end it. */
class ChatIT {
    @TempDir
    Path folder;

    @Test
    void twoTerminals_talk_andSeeWhatWasBefore() throws Exception {
        try (BrokerProcess broker = new BrokerProcess(folder);
                ChatProcess alice = new ChatProcess(broker, "alice", "d/bob")) {
            alice.type("hello bob").shows("✓ d/bob #1");
            try (ChatProcess bob = new ChatProcess(broker, "bob", "d/alice")) {
                bob.shows("d/alice #1 alice: hello bob");
                alice.showsLike("  ✓✓ bob has (received|read) up to #1");
                bob.type("hello alice").shows("✓ d/alice #2");
                alice.shows("d/bob #2 bob: hello alice");
                assertThat(bob.end()).isZero();
            }
            alice.type("//bye").type("/dance").type("/history 1");
            alice.shows("/help lists those that are");
            assertThat(alice.end()).isZero();
            assertThat(alice.printed()).anyMatch(line -> line.endsWith("d/bob #3 alice: /bye"));
        }
    }

    @Test
    void brokerKilled_connectsAgain_andWhatWasTypedMeanwhileIsStoredOnce() throws Exception {
        try (BrokerProcess broker = new BrokerProcess(folder);
                ChatProcess alice = new ChatProcess(broker, "alice", "d/bob", "--device", "laptop")) {
            alice.type("before").shows("✓ d/bob #1");
            broker.kill();
            alice.type("while it was down");
            broker.start();
            alice.shows("✓ d/bob #2");
            assertThat(HttpCaller.of(broker, "alice").history("d/bob"))
                    .extracting(HttpCaller.Line::body)
                    .containsExactly("before", "while it was down");
            assertThat(alice.end()).isZero();
        }
    }

    @Test
    void group_addedByACommand_isToldToItsMembers() throws Exception {
        try (BrokerProcess broker = new BrokerProcess(folder)) {
            HttpCaller.of(broker, "alice").call("group.create", "{\"group\":\"team\"}");
            try (ChatProcess alice = new ChatProcess(broker, "alice", "g/team")) {
                alice.type("/add bob").shows("\"added\":[\"bob\"],\"seq\":2}");
                alice.type("/members").shows("  bob (member)");
                try (ChatProcess bob = new ChatProcess(broker, "bob", "g/team")) {
                    alice.type("welcome");
                    bob.shows("g/team #3 alice: welcome");
                    bob.type("/leave").type("still here?").shows("not a member of it (0x87 NOT_AUTHORIZED)");
                }
            }
        }
    }
}
