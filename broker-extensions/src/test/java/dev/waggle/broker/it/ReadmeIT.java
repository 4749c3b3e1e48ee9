package dev.waggle.broker.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waggle.architecture.ProjectRoot;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What README.md shows in Java compiles as it stands there, and does what the text says. */
class ReadmeIT {
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path folder;

    @Test
    void javaBlock_compiledAndRun_sendsItsMessage() throws Exception {
        try (TestBroker broker = new TestBroker(folder.resolve("data"));
                Device5 bob = new Device5(broker, "bob", "phone").connect().subscribe()) {
            run(block().replace("127.0.0.1:1883", "127.0.0.1:" + broker.mqttPort()), broker.token("alice", "laptop"));
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(Arrived.texts(bob.arrived)).containsExactly("Hello from Java"));
        }
    }

    private static String block() throws Exception {
        Matcher block = JAVA.matcher(Files.readString(ProjectRoot.find().resolve("README.md")));
        assertThat(block.find()).isTrue();
        return block.group(1);
    }

    private void run(String block, String token) throws Exception {
        Path source = folder.resolve("Readme.java");
        Files.writeString(source, """
                import static java.nio.charset.StandardCharsets.UTF_8;
                import org.eclipse.paho.mqttv5.client.*;
                import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;

                public class Readme {
                    public static void run(String token) throws Exception {
                        %s
                    }
                }
                """.formatted(block));
        int errors = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-cp", System.getProperty("java.class.path"), source.toString());
        assertThat(errors).isZero();
        URL[] classes = {folder.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(classes, getClass().getClassLoader())) {
            loader.loadClass("Readme").getMethod("run", String.class).invoke(null, token);
        }
    }
}
