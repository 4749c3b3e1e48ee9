package dev.waggle.broker.cli.demo;

import dev.waggle.broker.cli.demo.Story.Sent;
import dev.waggle.broker.cli.local.CommandFailed;
import dev.waggle.broker.cli.mqtt.Target;
import dev.waggle.broker.config.Secret;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.UserId;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/** Runs the story against a broker that is killed in its middle. */
public final class Demonstration {

    private static final long ARRIVAL_SECONDS = 20;

    /** Signs tokens with the key of the demonstration's data directory. */
    public interface Issuer {
        Secret token(UserId user, DeviceId device) throws CommandFailed;
    }

    private final List<String> self;
    private final Path folder;
    private final PrintStream out;
    private final Issuer issuer;
    private final Story story;
    private final List<String> problems = new ArrayList<>();

    /**
     * @param self the command line of this program without arguments
     * @param folder an empty one, for data and log
     */
    public Demonstration(List<String> self, Path folder, PrintStream out, Issuer issuer) {
        this.self = self;
        this.folder = folder;
        this.out = out;
        this.issuer = issuer;
        this.story = new Story(out);
    }

    /** True if every device saw exactly what it must. */
    public boolean run() throws CommandFailed, IOException, InterruptedException {
        for (String name : List.of("alice.phone", "bob.phone", "bob.laptop", "carol.phone")) {
            story.add(name, device(name));
        }
        story.tell("a broker starts in " + folder);
        ChildBroker broker = ChildBroker.start(self, folder, 0);
        try {
            beforeTheCrash(broker);
            Typist typist = new Typist(story, "alice.phone", Story.GROUP);
            typist.start();
            typist.awaitAcknowledged(4);
            story.tell("kill -9 takes the broker while alice types; it is started again");
            broker.kill();
            typist.awaitEnd();
            broker = ChildBroker.start(self, folder, broker.port());
            afterTheCrash(broker, typist);
            waitForArrivals();
            show();
            story.devices().forEach(Device::sleep);
            check(broker.stop(), "the broker did not end with exit code 0 after SIGTERM");
        } finally {
            broker.kill();
        }
        problems.forEach(problem -> out.println("WRONG " + problem));
        if (problems.isEmpty()) {
            out.printf(
                    "%nAll as it must be: %d messages acknowledged, each seen in order on every device.%n",
                    story.acknowledged().size());
        }
        return problems.isEmpty();
    }

    private void beforeTheCrash(ChildBroker broker) throws CommandFailed, InterruptedException {
        for (Device device : story.devices()) {
            device.install(broker.port());
        }
        story.tell("alice, bob (phone and laptop) and carol are here; alice makes a group of the three");
        story.makeGroup(target("alice", "cli-demo", false).apply(broker.port()), "\"bob\",\"carol\"");
        story.say("alice.phone", Story.GROUP, "Picnic on Sunday?");
        story.say("bob.phone", Story.GROUP, "I bring bread.");
        story.say("carol.phone", Story.GROUP, "Count me in.");
        story.say("alice.phone", "d/bob", "Shall we surprise carol with a cake?");
        story.say("bob.laptop", "d/alice", "Yes! Say nothing.");
        story.tell("carol's phone goes to sleep");
        story.device("carol.phone").sleep();
        story.say("bob.laptop", Story.GROUP, "Who has a blanket?");
        story.say("alice.phone", Story.GROUP, "I have two.");
        story.say("alice.phone", "d/carol", "Are you asleep?");
    }

    private void afterTheCrash(ChildBroker broker, Typist typist) throws CommandFailed, InterruptedException {
        for (String name : List.of("alice.phone", "bob.phone", "bob.laptop")) {
            story.device(name).sleep();
            check(story.device(name).wake(broker.port()), name + " was not known any more after the crash");
        }
        story.tell("alice sends again what was not acknowledged, and one message that was");
        List<Sent> sent = story.acknowledged();
        check(story.repeat(sent.get(sent.size() - 1)), "a message sent again was stored twice");
        typist.typeTheRest();
        story.say("bob.phone", Story.GROUP, "Then it is settled.");
        story.say("alice.phone", "d/bob", "Chocolate, of course.");
        story.tell("carol's phone wakes up, and subscribes to nothing");
        check(story.device("carol.phone").wake(broker.port()), "carol.phone was not known any more");
        story.say("carol.phone", "d/alice", "Good morning!");
    }

    private void waitForArrivals() {
        Verdicts verdicts = verdicts();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(ARRIVAL_SECONDS);
        while (!story.devices().stream().allMatch(verdicts::complete) && System.nanoTime() < end) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    private void show() {
        for (Device device : story.devices()) {
            out.printf("%n%s saw%n", device.name());
            device.lines().forEach(line -> out.println("  " + line));
            if (device.repeats() > 0) {
                out.printf("  (%d came once more after the crash, known by the number)%n", device.repeats());
            }
            problems.addAll(verdicts().problems(device));
        }
    }

    private Verdicts verdicts() {
        return new Verdicts(story.acknowledged(), List.of("alice", "bob", "carol"));
    }

    private void check(boolean right, String otherwise) {
        if (!right) {
            problems.add(otherwise);
        }
    }

    private Device device(String name) throws CommandFailed {
        int dot = name.indexOf('.');
        return new Device(target(name.substring(0, dot), name.substring(dot + 1), true));
    }

    private IntFunction<Target> target(String userName, String deviceName, boolean durable) throws CommandFailed {
        UserId user = new UserId(userName);
        DeviceId device = new DeviceId(deviceName);
        Secret token = issuer.token(user, device);
        return port -> new Target("127.0.0.1", port, user, device, durable, token);
    }
}
