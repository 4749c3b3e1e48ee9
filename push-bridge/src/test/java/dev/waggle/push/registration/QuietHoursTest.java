package dev.waggle.push.registration;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class QuietHoursTest {
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final long MINUTE = 60_000;
    private static final QuietHours WORKING_NIGHTS =
            hours("22:00", "07:00", PARIS, EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY));

    @Test
    void hours_overMidnight_beginOnTheirDaysAndEndOnTheNext() {
        // 2026-11-20 is a Friday.
        assertThat(WORKING_NIGHTS.covers(paris("2026-11-20T21:59"))).isFalse();
        assertThat(WORKING_NIGHTS.until(paris("2026-11-20T22:00"))).isEqualTo(paris("2026-11-21T07:00"));
        assertThat(WORKING_NIGHTS.until(paris("2026-11-21T06:59"))).isEqualTo(paris("2026-11-21T07:00"));
        assertThat(WORKING_NIGHTS.covers(paris("2026-11-21T07:00"))).isFalse();
        assertThat(WORKING_NIGHTS.covers(paris("2026-11-21T23:00"))).isFalse();
        assertThat(WORKING_NIGHTS.covers(paris("2026-11-23T03:00")))
                .as("the night before Monday began on Sunday")
                .isFalse();
    }

    @Test
    void hours_overTheNightInWhichTheClockGoesForward_endWhenItShowsTheEnd() {
        QuietHours nights = hours("22:00", "07:00", PARIS, EnumSet.allOf(DayOfWeek.class));
        long evening = paris("2026-03-28T22:00");

        assertThat(nights.until(evening)).isEqualTo(paris("2026-03-29T07:00"));
        assertThat(nights.until(evening) - evening).isEqualTo(8 * 60 * MINUTE);
    }

    @Test
    void hours_overTheNightInWhichTheClockGoesBack_endWhenItShowsTheEnd() {
        QuietHours nights = hours("22:00", "07:00", PARIS, EnumSet.allOf(DayOfWeek.class));
        long evening = paris("2026-10-24T22:00");

        assertThat(nights.until(evening)).isEqualTo(paris("2026-10-25T07:00"));
        assertThat(nights.until(evening) - evening).isEqualTo(10 * 60 * MINUTE);
    }

    @Test
    void hours_thatEndInTheHourLeftOut_endWhenItIsLeftOut() {
        QuietHours early = hours("22:00", "02:30", PARIS, EnumSet.allOf(DayOfWeek.class));

        assertThat(Instant.ofEpochMilli(early.until(paris("2026-03-28T23:00"))))
                .isEqualTo(Instant.parse("2026-03-29T01:00:00Z"));
    }

    @Test
    void hours_inTheHourShownTwice_areQuietTwice() {
        QuietHours half = hours("02:00", "02:30", PARIS, EnumSet.allOf(DayOfWeek.class));
        Instant first = Instant.parse("2026-10-25T00:10:00Z");
        Instant between = Instant.parse("2026-10-25T00:40:00Z");
        Instant second = Instant.parse("2026-10-25T01:10:00Z");

        assertThat(Instant.ofEpochMilli(half.until(first.toEpochMilli()))).isEqualTo(first.plusSeconds(20 * 60));
        assertThat(half.covers(between.toEpochMilli())).isFalse();
        assertThat(Instant.ofEpochMilli(half.until(second.toEpochMilli()))).isEqualTo(second.plusSeconds(20 * 60));
    }

    @Test
    void hours_ofWholeDays_goOnFromOneToTheNext() {
        QuietHours weekend = hours("00:00", "00:00", PARIS, Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY));

        assertThat(weekend.until(paris("2026-11-21T00:00"))).isEqualTo(paris("2026-11-23T00:00"));
    }

    @Test
    void hours_withoutAnEnd_endSomeTimeFarAhead() {
        QuietHours always = hours("08:00", "08:00", PARIS, EnumSet.allOf(DayOfWeek.class));
        long now = paris("2026-11-21T12:00");

        assertThat(always.until(now)).isGreaterThan(now + 7 * 24 * 60 * MINUTE);
    }

    /** The naive model: look at the clock on the wall, minute by minute. */
    @Property(tries = 12)
    void hours_overAYear_areWhatTheClockOnTheWallSays(@ForAll("anyHours") QuietHours hours) {
        long begin = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
        long end = Instant.parse("2027-01-01T00:00:00Z").toEpochMilli();
        long nextQuietEnd = -1;
        for (long now = end; now >= begin; now -= MINUTE) {
            boolean quiet = isQuiet(hours, now);
            if (now < end && quiet != hours.covers(now)) {
                assertThat(hours.covers(now))
                        .as("%s at %s", hours, at(hours, now))
                        .isEqualTo(quiet);
            }
            if (!quiet) {
                nextQuietEnd = now;
            } else if (nextQuietEnd > 0 && now % (17 * MINUTE) == 0) {
                assertThat(hours.until(now))
                        .as("%s at %s", hours, at(hours, now))
                        .isEqualTo(nextQuietEnd);
            }
        }
    }

    private static boolean isQuiet(QuietHours hours, long now) {
        ZonedDateTime wall = at(hours, now);
        int minute = wall.getHour() * 60 + wall.getMinute();
        int from = hours.from().getHour() * 60 + hours.from().getMinute();
        int to = hours.to().getHour() * 60 + hours.to().getMinute();
        boolean today = hours.days().contains(wall.getDayOfWeek());
        boolean yesterday = hours.days().contains(wall.getDayOfWeek().minus(1));
        return from < to ? today && minute >= from && minute < to : today && minute >= from || yesterday && minute < to;
    }

    private static ZonedDateTime at(QuietHours hours, long now) {
        return Instant.ofEpochMilli(now).atZone(hours.zone());
    }

    /** Clocks that change by an hour, by half of one, at midnight, with other weekends, and never. */
    @Provide
    Arbitrary<QuietHours> anyHours() {
        Arbitrary<LocalTime> times = Arbitraries.integers()
                .between(0, 24 * 60 - 1)
                .edgeCases(edges -> edges.add(0, 60, 90, 120, 150, 23 * 60))
                .map(minute -> LocalTime.of(minute / 60, minute % 60));
        Arbitrary<ZoneId> zones = Arbitraries.of(
                        "Europe/Paris",
                        "America/New_York",
                        "Australia/Lord_Howe",
                        "Africa/Cairo",
                        "America/Havana",
                        "Asia/Beirut",
                        "Pacific/Chatham",
                        "Africa/Casablanca",
                        "Asia/Kathmandu")
                .map(ZoneId::of);
        Arbitrary<Set<DayOfWeek>> days =
                Arbitraries.of(DayOfWeek.class).set().ofMinSize(1).ofMaxSize(6);
        return Combinators.combine(times, times, zones, days)
                .as((from, to, zone, on) -> new QuietHours(from, to, zone, on, true));
    }

    private static QuietHours hours(String from, String to, ZoneId zone, Set<DayOfWeek> days) {
        return new QuietHours(LocalTime.parse(from), LocalTime.parse(to), zone, days, true);
    }

    private static long paris(String local) {
        return LocalDateTime.parse(local).atZone(PARIS).toInstant().toEpochMilli();
    }
}
