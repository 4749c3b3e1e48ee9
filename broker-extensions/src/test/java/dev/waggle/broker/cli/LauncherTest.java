package dev.waggle.broker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.architecture.ProjectRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The launcher with a Maven and a JDK that only write down that they were called. */
@Timeout(120)
class LauncherTest {

    private static final List<String> TOOLS = List.of(
            "readlink",
            "dirname",
            "sed",
            "find",
            "head",
            "date",
            "cat",
            "touch",
            "rm",
            "mv",
            "ln",
            "cp",
            "ls",
            "sort",
            "mkdir",
            "flock",
            "sleep",
            "grep");

    @TempDir
    private Path folder;

    private Path home;
    private Path bin;
    private Path jdk;

    record Ran(int exit, String out, String err) {}

    @BeforeEach
    void makeATree() throws IOException {
        home = Files.createDirectory(folder.resolve("home of waggle"));
        Files.copy(ProjectRoot.find().resolve("waggle"), home.resolve("waggle"));
        Files.writeString(home.resolve("pom.xml"), "<project/>");
        Files.createDirectories(home.resolve("broker-extensions/src/main/java"));
        Files.writeString(home.resolve("broker-extensions/pom.xml"), "<project/>");
        Files.writeString(home.resolve("broker-extensions/src/main/java/A.java"), "class A {}");
        bin = Files.createDirectory(folder.resolve("bin"));
        for (String tool : TOOLS) {
            Path real = Stream.of("/usr/bin", "/bin")
                    .map(place -> Path.of(place, tool))
                    .filter(Files::exists)
                    .findFirst()
                    .orElseThrow();
            script(bin.resolve(tool), "exec " + real + " \"$@\"\n");
        }
        script(bin.resolve("mvn"), """
                echo "mvn $*" >>"%s/calls"
                echo "output of the build"
                sleep 0.3
                mkdir -p broker-extensions/target/dist/lib
                echo >broker-extensions/target/dist/lib/dev.waggle.broker-extensions-1.jar
                echo >broker-extensions/target/dist/lib/org.example.library-1.jar
                """.formatted(folder));
        jdk = Files.createDirectories(folder.resolve("jdk/bin")).getParent();
        java("17.0.9");
        script(jdk.resolve("bin/javac"), "");
    }

    @Test
    void firstUse_builds_laterOnesDoNot() throws Exception {
        Ran first = run(home, "token", "alice");
        assertThat(first.exit()).isZero();
        assertThat(first.out()).contains("[token][alice]").doesNotContain("output of the build", "building");
        assertThat(first.err()).contains("output of the build", "waggle: building");
        assertThat(calls()).hasSize(1);
        Ran second = run(home, "token", "alice");
        assertThat(second.out()).contains("[token][alice]");
        assertThat(second.err()).isEmpty();
        assertThat(calls()).hasSize(1);
    }

    @Test
    void sourceChanged_buildsAgainIntoAnotherFolder() throws Exception {
        String before = run(home, "--help").out();
        Files.setLastModifiedTime(
                home.resolve("broker-extensions/src/main/java/A.java"),
                FileTime.from(Instant.now().plusSeconds(5)));
        String after = run(home, "--help").out();
        assertThat(calls()).hasSize(2);
        assertThat(after).contains("build-").isNotEqualTo(before);
    }

    @Test
    void manyFirstUses_atOnce_buildOnce() throws Exception {
        List<Process> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            all.add(start(home.resolve("waggle"), home, Map.of(), "--help"));
        }
        for (Process each : all) {
            assertThat(each.waitFor()).isZero();
        }
        assertThat(calls()).hasSize(1);
    }

    @Test
    void linkInAnotherDirectory_findsItsHome() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), home.resolve("waggle"));
        Ran ran = finished(start(link, folder, Map.of(), "--help"));
        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).contains("[-Dwaggle.home=" + home + "]");
    }

    @Test
    void arguments_keepTheirBlanksAndStars() throws Exception {
        assertThat(run(home, "send", "two  words", "*", "").out()).endsWith("[send][two  words][*][]\n");
    }

    @Test
    void javaOptions_areGivenOn_theOwnOnesLast() throws Exception {
        Ran ran = finished(start(
                home.resolve("waggle"),
                home,
                Map.of("JAVA_OPTS", "-Xmx1g -Da=b", "WAGGLE_JAVA_OPTS", "-Xmx2g"),
                "start"));
        assertThat(ran.out()).containsSubsequence("[-XX:+Use", "[-Xmx1g][-Da=b][-Xmx2g]", "[start]");
    }

    @Test
    void buildFails_saysSoAndRunsNothing() throws Exception {
        script(bin.resolve("mvn"), "echo 'no such symbol'; exit 1");
        Ran ran = run(home, "--help");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).contains("no such symbol", "waggle: the build failed");
    }

    @Test
    void noMaven_saysWhatToInstall() throws Exception {
        Files.delete(bin.resolve("mvn"));
        Ran ran = run(home, "--help");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).contains("no mvn", "apt-get install maven");
    }

    @Test
    void oldJava_saysWhatIsNeeded() throws Exception {
        java("11.0.20");
        Ran ran = run(home, "--help");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).contains("is Java 11", "JDK 17");
        assertThat(folder.resolve("calls")).doesNotExist();
    }

    @Test
    void noJava_saysWhatToInstall() throws Exception {
        Ran ran = finished(start(home.resolve("waggle"), home, Map.of("JAVA_HOME", ""), "--help"));
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).contains("no java found", "openjdk-17-jdk");
    }

    @Test
    void javaWithoutCompiler_saysWhatToInstall() throws Exception {
        Files.delete(jdk.resolve("bin/javac"));
        Ran ran = run(home, "--help");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).contains("is a JRE");
    }

    @Test
    void youngJava_isAllowedNativeCode() throws Exception {
        java("25");
        assertThat(run(home, "--help").out()).contains("[--enable-native-access=ALL-UNNAMED]");
    }

    @Test
    void installedFolder_isNeverBuilt() throws Exception {
        Path installed = Files.createDirectories(folder.resolve("installed"));
        Files.createDirectory(installed.resolve("lib"));
        Files.copy(home.resolve("waggle"), installed.resolve("waggle"));
        Ran ran = run(installed, "--help");
        assertThat(ran.out()).contains("[" + installed + "/lib/*]");
        assertThat(folder.resolve("calls")).doesNotExist();
    }

    private List<String> calls() throws IOException {
        return Files.readAllLines(folder.resolve("calls"));
    }

    /** A java that tells its version, or else its arguments. */
    private void java(String version) throws IOException {
        script(jdk.resolve("bin/java"), """
                if [ "$1" = -version ]; then echo 'openjdk version "%s" 2026-01-01' >&2; exit; fi
                for argument in "$@"; do printf '[%%s]' "$argument"; done
                echo
                """.formatted(version));
    }

    private Ran run(Path where, String... arguments) throws Exception {
        return finished(start(where.resolve("waggle"), folder, Map.of(), arguments));
    }

    private Process start(Path launcher, Path directory, Map<String, String> environment, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of("/bin/sh", launcher.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", bin.toString());
        builder.environment().put("JAVA_HOME", jdk.toString());
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static Ran finished(Process process) throws Exception {
        String out = new String(process.getInputStream().readAllBytes());
        String err = new String(process.getErrorStream().readAllBytes());
        return new Ran(process.waitFor(), out, err);
    }

    private static void script(Path file, String body) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + body);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
