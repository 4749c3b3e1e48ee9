package dev.waggle.broker.wiring;

import dev.waggle.broker.cli.Waggle;
import dev.waggle.broker.cli.local.Surroundings;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import sun.misc.Signal;

/** The process: gives the command line its surroundings and sets the exit code. */
public final class Main {

    /** The promise is 10 s from SIGTERM to the end. */
    private static final long END_NANOS = TimeUnit.MILLISECONDS.toNanos(9_700);

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(Waggle.run(surroundings(), arguments));
    }

    private static Surroundings surroundings() {
        Clock clock = Clock.systemUTC();
        String home = System.getProperty("waggle.home");
        return new Surroundings(
                clock,
                ProcessHandle.current()
                        .info()
                        .startInstant()
                        .map(Instant::toEpochMilli)
                        .orElseGet(clock::millis),
                System.getenv(),
                Path.of("").toAbsolutePath(),
                home == null ? null : Path.of(home),
                selfCommand(),
                System.in,
                System.out,
                System.err,
                Main::onTermination,
                new WaggleLauncher());
    }

    /** With the options of this JVM, so a child runs as its parent does. */
    private static List<String> selfCommand() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> !option.startsWith("-agent") && !option.startsWith("-javaagent"))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        return List.copyOf(command);
    }

    /**
     * The JVM's own answer to SIGTERM ends it with 143 while its shutdown hooks race each other. The first signal asks
     * for an orderly end, a second one ends at once, and so does an end that takes too long.
     */
    private static void onTermination(Runnable stop) {
        for (String name : List.of("TERM", "INT")) {
            Signal.handle(new Signal(name), first -> {
                Signal.handle(first, second -> Runtime.getRuntime().halt(1));
                Thread patience = new Thread(Main::endAtLast, "end-at-last");
                patience.setDaemon(true);
                patience.start();
                stop.run();
            });
        }
    }

    /** Nothing acknowledged is lost by this; the exit code says that something did not end by itself. */
    private static void endAtLast() {
        long end = System.nanoTime() + END_NANOS;
        for (long rest = END_NANOS; rest > 0; rest = end - System.nanoTime()) {
            LockSupport.parkNanos(rest);
        }
        System.err.println("waggle: did not end within " + TimeUnit.NANOSECONDS.toMillis(END_NANOS) + " ms");
        Runtime.getRuntime().halt(1);
    }
}
