package dev.waggle.broker.conformance.sentence;

import static dev.waggle.broker.conformance.Expect.ok;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waggle.broker.conformance.Person;
import dev.waggle.broker.conformance.device.Device5;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The calls that make and change groups, as checks use them. */
final class GroupCalls {

    private GroupCalls() {}

    /** A JSON array of their ids. */
    static String ids(Person... people) {
        return Arrays.stream(people).map(one -> "\"" + one.id() + "\"").collect(Collectors.joining(",", "[", "]"));
    }

    /** Makes a group of the device's user and these; its id. */
    static String create(Device5 owner, Person... members) throws Exception {
        return ok(owner.call("group.create", "{\"members\":" + ids(members) + "}"))
                .path("group")
                .asText();
    }

    /** {@code group.add}, {@code group.remove}: the answer. */
    static JsonNode change(Device5 actor, String method, String group, Person whom) throws Exception {
        return actor.call(method, "{\"group\":\"" + group + "\",\"users\":" + ids(whom) + "}");
    }
}
