package dev.waggle.push.registration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.push.Address;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.Parsed;
import dev.waggle.spec.codec.JsonForm;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistrationJsonTest {
    private static final String POINT =
            "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
    private static final String SECRET = "BTBZMqHH6r4Tts7J_aSIgg";
    private static final String KEYS = "{'p256dh':'" + POINT + "','auth':'" + SECRET + "'}";
    private static final long AT = 1_700_000_000_000L;

    @Test
    void read_ofTheLeast_takesWhatIsUsual() {
        assertThat(good("{'provider':'fcm','token':'abc:DEF_1'}"))
                .isEqualTo(new Registration(
                        "default",
                        new Address.Fcm("abc:DEF_1", false),
                        Locale.ENGLISH,
                        ZoneOffset.UTC,
                        "",
                        null,
                        false,
                        null,
                        AT));
    }

    @Test
    void read_ofEverything_takesEverything() {
        Registration all =
                good("{'provider':'apns','token':'00AAff','topic':'org.example.chat','environment':'sandbox',"
                        + "'app':'work_1.x','locale':'pt-BR','zone':'Europe/Paris','version':'4.2 (17)','privacy':'encrypted',"
                        + "'texts':true,'seal':" + KEYS + "}");

        assertThat(all.address()).isEqualTo(new Address.Apns("00AAff", "org.example.chat", true));
        assertThat(all.app()).isEqualTo("work_1.x");
        assertThat(all.locale()).isEqualTo(Locale.forLanguageTag("pt-BR"));
        assertThat(all.zone()).isEqualTo(ZoneId.of("Europe/Paris"));
        assertThat(all.appVersion()).isEqualTo("4.2 (17)");
        assertThat(all.privacy()).isEqualTo(Privacy.SEALED);
        assertThat(all.knowsTexts()).isTrue();
        assertThat(all.seal()).isEqualTo(new SealKey(bytes(POINT), bytes(SECRET)));
    }

    @Test
    void read_ofApnsWithoutATopic_leavesItToTheApp() {
        assertThat(good("{'provider':'apns','token':'00AAff'}").address())
                .isEqualTo(new Address.Apns("00AAff", "", false));
    }

    @Test
    void read_ofASubscription_asABrowserGivesIt() {
        Address subscription = good("{'provider':'webpush','subscription':{'endpoint':'https://push.example/x?y=1',"
                        + "'expirationTime':null,'keys':" + KEYS + "}}")
                .address();

        assertThat(subscription).isInstanceOf(Address.WebPush.class);
        assertThat(((Address.WebPush) subscription).endpoint()).hasToString("https://push.example/x?y=1");
        assertThat(((Address.WebPush) subscription).key()).isEqualTo(bytes(POINT));
        assertThat(((Address.WebPush) subscription).secret()).isEqualTo(bytes(SECRET));
    }

    @Test
    void read_ofBytesWithPadding_isTheSame() {
        assertThat(good("{'provider':'fcm','fid':'f','seal':{'p256dh':'" + POINT + "=','auth':'" + SECRET + "=='}}")
                        .seal())
                .isEqualTo(new SealKey(bytes(POINT), bytes(SECRET)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "{} | push.register: provider is missing",
                "{'provider':'mpns','token':'x'} | must be one of fcm, apns, webpush, webhook",
                "{'provider':'fcm'} | give token or fid",
                "{'provider':'fcm','token':'a','fid':'b'} | give token or fid",
                "{'provider':'fcm','token':'a b'} | token: is no address",
                "{'provider':'fcm','token':''} | token: is no address",
                "{'provider':'fcm','tokn':'a'} | unknown field \"tokn\"; allowed: provider, token, fid, app, locale",
                "{'provider':'fcm','token':'a','topic':'t'} | unknown field \"topic\"",
                "{'provider':'apns','token':'xyz'} | token: is no address",
                "{'provider':'apns','token':'abc'} | token: is no address",
                "{'provider':'apns','token':'ab','topic':'a b'} | topic: must match",
                "{'provider':'apns','token':'ab','environment':'test'} | environment must be production or sandbox",
                "{'provider':'webpush','token':'ab'} | unknown field \"token\"; allowed: provider, subscription",
                "{'provider':'webpush','subscription':{'endpoint':'https://h/'}} | subscription: keys is missing",
                "{'provider':'webpush','subscription':{'endpoint':'http://h/','keys':{}}} | must be an https address",
                "{'provider':'webpush','subscription':{'endpoint':'https://u@h/','keys':{}}} | must be an https address",
                "{'provider':'webpush','subscription':{'endpoint':'https:///x','keys':{}}} | must be an https address",
                "{'provider':'webpush','subscription':{'endpoint':'https://0177.0.0.1/','keys':{}}} | must be an https address",
                "{'provider':'webpush','subscription':{'endpoint':'https://h/','keys':{'p256dh':'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiA4'}}} | keys: p256dh",
                "{'provider':'webpush','subscription':{'url':'https://h/'}} | subscription: unknown field \"url\"",
                "{'provider':'webpush','subscription':{'endpoint':'https://h/','keys':{'p256dh':'AAAA'}}} | keys: p256dh",
                "{'provider':'webhook'} | token is missing",
                "{'provider':'webhook','token':'a','app':'a b'} | app: must match",
                "{'provider':'webhook','token':'a','app':''} | app: must match",
                "{'provider':'webhook','token':'a','locale':'not a tag'} | locale: must be a language tag",
                "{'provider':'webhook','token':'a','zone':'Mars/Base'} | zone: must be a time zone",
                "{'provider':'webhook','token':'a','privacy':'all'} | one of none, sender, preview, encrypted",
                "{'provider':'webhook','token':'a','privacy':'encrypted'} | seal is missing",
                "{'provider':'webhook','token':'a','texts':'yes'} | texts must be true or false",
                "{'provider':'webhook','token':'a','v':1} | unknown field \"v\"",
                "{'provider':'webhook','token':'a','at':1} | unknown field \"at\"",
                "[] | must be one JSON object",
            })
    void read_ofWhatDoesNotFit_saysWhatAndWhatIsAllowed(String json, String reason) {
        assertThat(bad(json)).contains(reason);
    }

    @Test
    void read_ofTooLongATokenOrEndpoint_isRefusedWithoutRepeatingIt() {
        String token = "t".repeat(Address.MOST_TOKEN_BYTES + 1);
        String endpoint = "https://h/" + "e".repeat(Address.MOST_ENDPOINT_BYTES);

        assertThat(bad("{'provider':'fcm','token':'" + token + "'}"))
                .contains("over 4096 bytes")
                .doesNotContain("ttt");
        assertThat(bad("{'provider':'webpush','subscription':{'endpoint':'" + endpoint + "','keys':" + KEYS + "}}"))
                .contains("at most 2048 bytes")
                .doesNotContain("eee");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "{'provider':'fcm','token':'a'}",
                "{'provider':'fcm','fid':'a','texts':true,'privacy':'preview','zone':'Asia/Kolkata','locale':'ar-EG'}",
                "{'provider':'apns','token':'ab','topic':'org.example'}",
                "{'provider':'apns','token':'ab','environment':'sandbox'}",
                "{'provider':'webpush','subscription':{'endpoint':'https://h/p%20q','keys':" + KEYS + "}}",
                "{'provider':'webhook','token':'mail:7','app':'a','version':'1','seal':" + KEYS + "}",
            })
    void decode_ofWhatWasEncoded_isTheSame(String json) {
        Registration registration = good(json);

        assertThat(RegistrationJson.decode(RegistrationJson.encode(registration)))
                .isEqualTo(Parsed.ok(registration));
    }

    @Test
    void decode_ofANewerVersion_isAReason() {
        Bytes newer = Bytes.utf8("{'v':2,'at':1,'provider':'fcm','token':'a'}".replace('\'', '"'));

        assertThat(RegistrationJson.decode(newer).isOk()).isFalse();
    }

    @Test
    void toString_showsNoAddressAndNoKey() {
        Registration registration = good("{'provider':'webpush','subscription':{'endpoint':'https://secret.example/',"
                + "'keys':" + KEYS + "},'seal':" + KEYS + "}");

        assertThat(registration.toString()).doesNotContain("secret", POINT.substring(0, 8));
        assertThat(String.valueOf(registration.seal())).doesNotContain(SECRET.substring(0, 4));
    }

    @Property(tries = 500)
    void readAndDecode_ofAnyBytes_areTotal(@ForAll byte[] bytes) {
        Bytes any = Bytes.wrap(bytes);

        for (JsonForm form : JsonForm.values()) {
            assertThat(RegistrationJson.read(form, any, 0)).isNotNull();
            assertThat(PushSettingsJson.patch(form, any, PushSettings.USUAL)).isNotNull();
        }
        assertThat(RegistrationJson.decode(any)).isNotNull();
        assertThat(PushSettingsJson.decode(any)).isNotNull();
    }

    @Property(tries = 200)
    void decode_ofAnEncodedOneWithOneByteChanged_isTotal(@ForAll int where, @ForAll byte to) {
        byte[] stored = RegistrationJson.encode(good("{'provider':'fcm','token':'a','seal':" + KEYS + "}"))
                .shared();
        byte[] damaged = Arrays.copyOf(stored, stored.length);
        damaged[Math.floorMod(where, damaged.length)] = to;

        assertThat(RegistrationJson.decode(Bytes.wrap(damaged))).isNotNull();
    }

    private static Registration good(String json) {
        return read(json).get();
    }

    private static String bad(String json) {
        return read(json).fold(Registration::toString, reason -> reason);
    }

    private static Parsed<Registration> read(String json) {
        return RegistrationJson.read(JsonForm.JSON, Bytes.utf8(json.replace('\'', '"')), AT);
    }

    private static Bytes bytes(String text) {
        return Bytes.wrap(Base64.getUrlDecoder().decode(text));
    }
}
