package dev.waggle.auth.password;

import java.io.BufferedInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.List;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * The hashing process: started by the broker, ends when its stdin ends, however the broker went. Writes nothing but
 * frames to stdout, and nothing secret to stderr.
 */
public final class HashingMain {
    /** Whoever asks does not speak our language. */
    static final int BAD_QUESTION = 2;

    private HashingMain() {}

    /** @param arguments the number of threads that ask at once */
    public static void main(String[] arguments) throws IOException {
        // Ctrl-C and a supervisor reach the whole group of processes: the broker ends first, in order, and then we do.
        for (String name : List.of("INT", "TERM")) {
            Signal.handle(new Signal(name), SignalHandler.SIG_IGN);
        }
        FileOutputStream out = new FileOutputStream(FileDescriptor.out);
        System.setOut(System.err); // a library that prints would break the frames
        String wrong = new HashingLoop(
                        new BufferedInputStream(new FileInputStream(FileDescriptor.in)),
                        out,
                        Integer.parseInt(arguments[0]))
                .run();
        if (wrong != null) {
            System.err.println(wrong);
        }
        Runtime.getRuntime().halt(wrong == null ? 0 : BAD_QUESTION);
    }
}
