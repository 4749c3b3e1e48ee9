package dev.waggle.broker.conformance.sentence;

import static dev.waggle.broker.conformance.Expect.equal;
import static dev.waggle.broker.conformance.Expect.that;

import dev.waggle.broker.conformance.Check;
import dev.waggle.broker.conformance.Expect;
import dev.waggle.broker.conformance.Person;
import dev.waggle.broker.conformance.Stage;
import dev.waggle.broker.conformance.device.Device5;
import dev.waggle.broker.conformance.device.TappedSockets;
import java.util.List;

/** The life of a connection after CONNACK: taking over, coming back cheaply. */
final class Connection {

    private static final int RESUME_BYTES = 120;

    /** The bound is for users of five characters; a longer id stands twice in CONNECT. */
    private static final int USUAL_ID = 5;

    private Connection() {}

    static List<Check> all() {
        return List.of(
                new Check(
                        "session-take-over",
                        3,
                        "Another connection of the same device takes over: the older one gets DISCONNECT 0x8E.",
                        Connection::takeOver),
                new Check(
                        "session-resume-bytes",
                        10,
                        "A reconnect with nothing new costs at most 120 bytes and the token, and no SUBSCRIBE.",
                        Connection::resumeBytes));
    }

    private static void takeOver(Stage stage) throws Exception {
        Person alice = stage.person();
        Device5 older = alice.online("phone");
        Device5 newer = alice.device("phone");
        that(newer.connect().sessionPresent(), "the newer connection did not continue the session");
        equal(0x8E, older.disconnected(), "reason code of the older connection's DISCONNECT");
        newer.send(alice.chat(), "here").stored();
    }

    private static void resumeBytes(Stage stage) throws Exception {
        Person alice = stage.person();
        Device5 phone = alice.away("phone");
        TappedSockets sockets = new TappedSockets();
        phone.with(options -> options.setSocketFactory(sockets));
        Person.back(phone);
        long token = alice.token("phone").length();
        long ids = 2L * Math.max(0, alice.id().length() - USUAL_ID);
        long bytes = sockets.bytes() - token - ids;
        that(bytes > 0 && bytes <= RESUME_BYTES, "CONNECT and CONNACK took " + bytes + " bytes besides the token");
        Device5 other = alice.online("laptop");
        long seq = other.send(alice.chat(), "hello").stored();
        equal(seq, Expect.message("hello", phone.next()).seq(), "seq of what comes without a SUBSCRIBE");
    }
}
