package dev.waggle.auth.password;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.spec.Bytes;
import dev.waggle.spec.Parsed;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class HashingFrameTest {
    private static final Bytes SALT = Bytes.wrap(new byte[Argon2id.SALT_BYTES]);

    static Stream<HashingFrame> frames() {
        return Stream.of(
                new HashingFrame.Hash(1, SALT, Bytes.utf8("pässwort")),
                new HashingFrame.Hash(-1, SALT, Bytes.EMPTY),
                new HashingFrame.Match(Integer.MAX_VALUE, PasswordHash.OF_NOBODY, Bytes.utf8("x".repeat(2_304))),
                new HashingFrame.Hashed(7, PasswordHash.OF_NOBODY),
                new HashingFrame.Matched(8, true),
                new HashingFrame.Matched(9, false),
                new HashingFrame.Failed(10));
    }

    static byte[] bytes(HashingFrame... frames) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (HashingFrame frame : frames) {
            frame.write(new DataOutputStream(out));
        }
        return out.toByteArray();
    }

    private static Parsed<HashingFrame> read(byte[] bytes) throws IOException {
        return HashingFrame.read(new DataInputStream(new ByteArrayInputStream(bytes)));
    }

    @ParameterizedTest
    @MethodSource("frames")
    void read_whatWasWritten_theSame(HashingFrame frame) throws IOException {
        assertThat(read(bytes(frame)).get()).isEqualTo(frame);
        assertThat(frame.toString()).doesNotContain("argon2", "pässwort");
    }

    @ParameterizedTest
    @MethodSource("frames")
    void read_cutShortAnywhere_isTheEnd(HashingFrame frame) throws IOException {
        byte[] whole = bytes(frame);
        for (int length = 0; length < whole.length; length++) {
            assertThat(read(Arrays.copyOf(whole, length))).isNull();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "00000000,                 0",
        "00000004 00000001,        4",
        "00001001 00000001,        4097",
        "7fffffff 00000001,        2147483647",
        "ffffffff 00000001,        -1",
        "00000005 00000001 00,     kind 0",
        "00000005 00000001 48,     salt",
        "00000014 00000001 48 000102030405060708090a0b0c0d0e, salt",
        "00000005 00000001 4d,     whole hash",
        "00000008 00000001 4d ffff41, whole hash",
        "00000008 00000001 4d 000241, whole hash",
        "00000005 00000001 6d,     one byte",
        "00000007 00000001 6d 0101, one byte",
        "00000006 00000001 66 00,  nothing behind",
    })
    void read_noFrame_isBad(String hex, String reason) throws IOException {
        Parsed<HashingFrame> read = read(HexFormat.of().parseHex(hex.replace(" ", "")));
        assertThat(read.<String>fold(frame -> "a frame", bad -> bad)).contains(reason);
    }

    @Test
    void read_anything_neverThrows() throws IOException {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            if (bytes.length > 8) {
                bytes[0] = bytes[1] = bytes[2] = 0;
                bytes[3] = (byte) (bytes.length - 4 - random.nextInt(2));
                bytes[8] = (byte) "HMhmf".charAt(random.nextInt(5));
            }
            read(bytes);
        }
    }
}
