package dev.waggle.push.registration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.push.registration.PushSettings.Elsewhere;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.Parsed;
import dev.waggle.spec.codec.JsonForm;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PushSettingsJsonTest {
    private static final PushSettings ALL_CHANGED = new PushSettings(
            new QuietHours(
                    LocalTime.of(22, 0),
                    LocalTime.of(7, 30),
                    ZoneId.of("Europe/Paris"),
                    EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
                    false),
            1_800_000_000_000L,
            Elsewhere.NEVER,
            45,
            true,
            true,
            Privacy.PREVIEW);

    private static final String ALL =
            "{'quiet':{'from':'22:00','to':'07:30','zone':'Europe/Paris','days':['mon','tue','wed','thu','fri'],"
                    + "'mode':'silent'},'doNotDisturbUntil':1800000000000,'elsewhere':'never','elsewhereSeconds':45,"
                    + "'mentionsBreakMute':true,'callsBreakQuiet':true,'privacy':'preview'}";

    @Test
    void patch_withEverything_changesEverything() {
        assertThat(good(ALL, PushSettings.USUAL)).isEqualTo(ALL_CHANGED);
    }

    @Test
    void patch_withNothing_changesNothing() {
        assertThat(good("{}", ALL_CHANGED)).isEqualTo(ALL_CHANGED);
        assertThat(PushSettingsJson.patch(JsonForm.JSON, Bytes.EMPTY, ALL_CHANGED))
                .isEqualTo(Parsed.ok(ALL_CHANGED));
    }

    @Test
    void patch_withOneField_leavesTheOthers() {
        PushSettings after = good("{'privacy':'sender'}", ALL_CHANGED);

        assertThat(after.privacy()).isEqualTo(Privacy.SENDER);
        assertThat(after.quiet()).isEqualTo(ALL_CHANGED.quiet());
        assertThat(after.elsewhereSeconds()).isEqualTo(45);
    }

    @Test
    void patch_withNull_bringsBackWhatIsUsual() {
        assertThat(good(
                        "{'quiet':null,'doNotDisturbUntil':null,'elsewhere':null,'elsewhereSeconds':null,"
                                + "'mentionsBreakMute':null,'callsBreakQuiet':null,'privacy':null}",
                        ALL_CHANGED))
                .isEqualTo(PushSettings.USUAL);
    }

    @Test
    void patch_withQuietHoursOfTheLeast_takesAllDaysAndHolds() {
        assertThat(good("{'quiet':{'from':'00:00','to':'00:00','zone':'UTC'}}", PushSettings.USUAL)
                        .quiet())
                .isEqualTo(new QuietHours(
                        LocalTime.MIDNIGHT, LocalTime.MIDNIGHT, ZoneId.of("UTC"), Set.of(DayOfWeek.values()), true));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "{'quiet':{}} | push.settings: quiet: from is missing",
                "{'quiet':{'from':'22:00','to':'07:00'}} | quiet: zone is missing",
                "{'quiet':{'from':'24:00','to':'07:00','zone':'UTC'}} | quiet: from: must be a time of 00:00…23:59",
                "{'quiet':{'from':'22:00','to':'7:00','zone':'UTC'}} | quiet: to: must be a time",
                "{'quiet':{'from':'22:00','to':'07:00','zone':'UTC','days':[]}} | quiet: days must be an array of 1…7",
                "{'quiet':{'from':'22:00','to':'07:00','zone':'UTC','days':['Mon']}} | days: must be of mon, tue",
                "{'quiet':{'from':'22:00','to':'07:00','zone':'UTC','days':[1]}} | days: must contain texts",
                "{'quiet':{'from':'22:00','to':'07:00','zone':'UTC','mode':'x'}} | mode must be hold or silent",
                "{'quiet':{'from':'22:00','until':'07:00','zone':'UTC'}} | unknown field \"until\"; allowed: from, to",
                "{'quiet':'22:00'} | quiet must be an object",
                "{'doNotDisturbUntil':-1} | doNotDisturbUntil must be an integer of 0",
                "{'elsewhere':'later'} | elsewhere: must be one of delay, always, never",
                "{'elsewhereSeconds':0} | elsewhereSeconds must be an integer of 1…600",
                "{'elsewhereSeconds':601} | elsewhereSeconds must be an integer of 1…600",
                "{'mentionsBreakMute':1} | mentionsBreakMute must be true or false",
                "{'privacy':'secret'} | one of none, sender, preview, encrypted",
                "{'v':1} | unknown field \"v\"",
                "{'quite':null} | unknown field \"quite\"; allowed: quiet, doNotDisturbUntil",
            })
    void patch_withWhatDoesNotFit_saysWhatAndWhatIsAllowed(String json, String reason) {
        assertThat(patch(json, PushSettings.USUAL).fold(PushSettings::toString, why -> why))
                .contains(reason);
    }

    @Test
    void write_isWhatPatchReads() {
        for (JsonForm form : JsonForm.values()) {
            Bytes answer = PushSettingsJson.write(form, ALL_CHANGED, null);

            assertThat(PushSettingsJson.patch(form, answer, PushSettings.USUAL)).isEqualTo(Parsed.ok(ALL_CHANGED));
        }
        assertThat(PushSettingsJson.write(JsonForm.JSON, ALL_CHANGED, null).asUtf8())
                .isEqualTo(ALL.replace('\'', '"'));
    }

    @Test
    void decode_ofWhatWasEncoded_isTheSame() {
        assertThat(PushSettingsJson.decode(PushSettingsJson.encode(ALL_CHANGED)))
                .isEqualTo(Parsed.ok(ALL_CHANGED));
        assertThat(PushSettingsJson.decode(PushSettingsJson.encode(PushSettings.USUAL)))
                .isEqualTo(Parsed.ok(PushSettings.USUAL));
    }

    private static PushSettings good(String json, PushSettings before) {
        return patch(json, before).get();
    }

    private static Parsed<PushSettings> patch(String json, PushSettings before) {
        return PushSettingsJson.patch(JsonForm.JSON, Bytes.utf8(json.replace('\'', '"')), before);
    }
}
