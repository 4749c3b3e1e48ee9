package dev.waggle.push.webpush;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.push.Address;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.Parsed;
import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECPrivateKeySpec;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncryptionTest {
    private final Encryption encryption = new Encryption(new SecureRandom());
    private final Receiver receiver = Receiver.fresh();

    private static byte[] base64(String text) {
        return Base64.getUrlDecoder().decode(text);
    }

    private static KeyPair pair(String publicPoint, String privateNumber) throws Exception {
        Curve curve = new Curve();
        ECPrivateKeySpec number = new ECPrivateKeySpec(new BigInteger(1, base64(privateNumber)), curve.parameters());
        return new KeyPair(
                curve.point(Bytes.wrap(base64(publicPoint))).get(),
                KeyFactory.getInstance("EC").generatePrivate(number));
    }

    /** RFC 8291 §5 and appendix A. */
    @Test
    void example_ofTheRfc_byteForByte_bothWays() throws Exception {
        KeyPair sender = pair(
                "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8",
                "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw");
        KeyPair device = pair(
                "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
                "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94");
        Receiver example = new Receiver(device, base64("BTBZMqHH6r4Tts7J_aSIgg"));
        Bytes plaintext = Bytes.utf8("When I grow up, I want to be a watermelon");

        Bytes body = Encryption.encrypt(
                (ECPublicKey) device.getPublic(),
                Bytes.wrap(base64("BTBZMqHH6r4Tts7J_aSIgg")),
                plaintext,
                sender,
                base64("DGv6ra1nlYgDCS1FRnbzlw"));

        assertThat(Base64.getUrlEncoder().withoutPadding().encodeToString(body.shared()))
                .isEqualTo(
                        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6Tlz"
                                + "AC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN");
        assertThat(example.decrypt(body)).isEqualTo(plaintext);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, Encryption.MOST_PLAINTEXT})
    void encrypt_anyLength_isReadByTheReceiver(int length) throws Exception {
        Bytes plaintext = Bytes.wrap(new byte[length]);
        byte[] text = plaintext.shared();
        Arrays.fill(text, (byte) 'x');
        Bytes body = encrypt(plaintext).get();
        assertThat(body.size()).isEqualTo(length + 103);
        assertThat(receiver.decrypt(body)).isEqualTo(plaintext);
    }

    @Test
    void encrypt_asMuchAsFits_fillsTheBodyThatAServiceMustTake() {
        Bytes full = Bytes.wrap(new byte[Encryption.MOST_PLAINTEXT]);
        assertThat(encrypt(full).get().size()).isEqualTo(4_096);
        Bytes more = Bytes.wrap(new byte[Encryption.MOST_PLAINTEXT + 1]);
        assertThatThrownBy(() -> encrypt(more)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void encrypt_sameTwice_hasNothingInCommon() {
        Bytes text = Bytes.utf8("hello");
        Bytes one = encrypt(text).get();
        Bytes other = encrypt(text).get();
        assertThat(Arrays.copyOf(one.shared(), 16)).isNotEqualTo(Arrays.copyOf(other.shared(), 16));
        assertThat(Arrays.copyOfRange(one.shared(), 21, 86))
                .as("the sender's key is a new one each time")
                .isNotEqualTo(Arrays.copyOfRange(other.shared(), 21, 86));
    }

    @Test
    void encrypt_forAPointOffTheCurve_isRefused() {
        byte[] point = receiver.at("https://push.example").key().shared().clone();
        point[64] ^= 1;
        assertThat(reason(point, new byte[16])).contains("no point of P-256");

        byte[] origin = new byte[65];
        origin[0] = 4;
        assertThat(reason(origin, new byte[16])).contains("no point of P-256");

        byte[] beyond = new byte[65];
        Arrays.fill(beyond, (byte) 0xFF);
        beyond[0] = 4;
        assertThat(reason(beyond, new byte[16])).contains("no point of P-256");
    }

    @Test
    void encrypt_forKeysOfAnotherForm_isRefused() {
        byte[] good = receiver.at("https://push.example").key().shared();
        assertThat(reason(new byte[0], new byte[16])).contains("65 bytes");
        assertThat(reason(Arrays.copyOf(good, 64), new byte[16])).contains("65 bytes");
        byte[] compressed = good.clone();
        compressed[0] = 2;
        assertThat(reason(compressed, new byte[16])).contains("65 bytes");
        assertThat(reason(good, new byte[15])).contains("16 bytes");
        assertThat(reason(good, new byte[0])).contains("16 bytes");
    }

    private String reason(byte[] key, byte[] secret) {
        Bytes wrapped = Bytes.wrap(key);
        Bytes mine = Bytes.wrap(secret);
        String reason = encryption.encrypt(wrapped, mine, Bytes.utf8("hello")).fold(bytes -> "taken", bad -> bad);
        assertThat(encryption.fault(wrapped, mine)).hasValue(reason);
        return reason;
    }

    private Parsed<Bytes> encrypt(Bytes plaintext) {
        Address.WebPush to = receiver.at("https://push.example");
        assertThat(encryption.fault(to.key(), to.secret())).isEmpty();
        return encryption.encrypt(to.key(), to.secret(), plaintext);
    }
}
