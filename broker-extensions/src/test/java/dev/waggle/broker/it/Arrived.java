package dev.waggle.broker.it;

import java.util.List;

/** One PUBLISH that a device got. */
record Arrived(String topic, String text, boolean dup, int qos) {

    /** The bodies of messages among what arrived, in its order. */
    static List<String> texts(List<Arrived> all) {
        return all.stream()
                .filter(one -> one.topic().contains("/in/"))
                .map(Arrived::text)
                .toList();
    }
}
