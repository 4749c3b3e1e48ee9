package dev.waggle.bench.target;

import dev.waggle.bench.wire.Connect;
import java.nio.charset.StandardCharsets;

/** How a broker without chat is used: one topic per user, one per group, no passwords. */
abstract class PlainTopics implements Target {

    @Override
    public Connect connect(int number) {
        return Connect.of("u" + number + ".d", "u" + number, null);
    }

    @Override
    public byte[] directTopic(int from, int to) {
        return ("direct/u" + to).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String filter(int number) {
        return "direct/u" + number;
    }

    @Override
    public boolean takesKeys() {
        return false;
    }

    @Override
    public Group group(int members) {
        return new Group("group/g".getBytes(StandardCharsets.UTF_8), "group/g");
    }
}
