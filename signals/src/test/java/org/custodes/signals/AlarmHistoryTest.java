package org.custodes.signals;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.custodes.signals.AlarmEpisode.End;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlarmHistoryTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final UUID PERSON = UUID.fromString("0b4c7c0e-1111-4222-8333-123456789abc");

    /// Turns every bit: enough to be unreadable to whoever looks for text.
    private static final AlarmSealing SEALING =
            new AlarmSealing() {
                @Override
                public byte[] seal(byte[] plain) {
                    var sealed = plain.clone();
                    for (var i = 0; i < sealed.length; i++) {
                        sealed[i] = (byte) ~sealed[i];
                    }
                    return sealed;
                }

                @Override
                public byte[] open(byte[] sealed) {
                    return seal(sealed);
                }
            };

    @TempDir Path folder;

    private Signals signals = new Signals();
    private Instant now = NOON;

    @Test
    void remembers_what_was_wrong_since_when_until_when_and_why_over_a_restart() {
        try (var _ = open()) {
            raise("camera.away", "camera-1", "No connection.");
            after(Duration.ofMinutes(5));
            end("camera.away", "camera-1");
            after(Duration.ofMinutes(5));
            raise("volume.full", "", "10 MB are free.");
            end("volume.full", "");
        }

        try (var history = reopen()) {
            var episodes = history.page(AlarmQuery.newest(10)).episodes();

            assertThat(episodes).extracting(AlarmEpisode::number).containsExactly(2L, 1L);
            var away = episodes.getLast();
            assertThat(away.alarm().cause()).isEqualTo("No connection.");
            assertThat(away.alarm().since()).isEqualTo(NOON);
            assertThat(away.endedAt()).contains(NOON.plus(Duration.ofMinutes(5)));
            assertThat(away.end()).isEqualTo(End.ENDED);
        }
    }

    @Test
    void knows_at_once_what_was_raised_before_it_was_opened_and_after() {
        raise("volume.slow", "", "40 MB wait.");

        try (var history = open()) {
            raise("camera.away", "camera-1", "No connection.");

            assertThat(history.page(AlarmQuery.newest(10)).episodes())
                    .extracting(one -> one.alarm().kind(), AlarmEpisode::end)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple("camera.away", End.STANDS),
                            org.assertj.core.groups.Tuple.tuple("volume.slow", End.STANDS));
        }
    }

    @Test
    void what_stood_when_the_recorder_stopped_is_not_called_mended() {
        try (var _ = open()) {
            raise("camera.away", "camera-1", "No connection.");
            after(Duration.ofHours(1));
        }

        try (var history = reopen()) {
            var episode = history.page(AlarmQuery.newest(1)).episodes().getFirst();
            assertThat(episode.end()).isEqualTo(End.STOPPED);
            assertThat(episode.endedAt()).contains(NOON.plus(Duration.ofHours(1)));
        }
    }

    @Test
    void after_a_kill_what_stood_ends_when_the_recorder_is_back() throws IOException {
        byte[] asTheKillLeftIt;
        try (var _ = open()) {
            raise("camera.away", "camera-1", "No connection.");
            awaitWritten("camera-1");
            asTheKillLeftIt = Files.readAllBytes(file());
        }
        Files.write(file(), asTheKillLeftIt);
        after(Duration.ofHours(2));

        try (var history = reopen()) {
            var episode = history.page(AlarmQuery.newest(1)).episodes().getFirst();
            assertThat(episode.end()).isEqualTo(End.STOPPED);
            assertThat(episode.endedAt()).contains(now);
        }
    }

    @Test
    void what_is_found_again_after_a_restart_is_the_same_episode_and_stays_acknowledged() {
        try (var history = open()) {
            raise("camera.away", "camera-1", "No connection.");
            var _ = history.acknowledge(1, by("Called the electrician."));
        }
        after(Duration.ofHours(3));

        try (var history = reopen()) {
            after(Duration.ofMinutes(1));
            raise("camera.away", "camera-1", "No connection.");

            var episodes = history.page(AlarmQuery.newest(10)).episodes();
            assertThat(episodes).hasSize(1);
            var episode = episodes.getFirst();
            assertThat(episode.stands()).isTrue();
            assertThat(episode.alarm().since()).isEqualTo(NOON);
            assertThat(episode.alarm().values()).containsEntry("what", "No connection.");
            assertThat(episode.acknowledged()).contains(by("Called the electrician."));
        }
    }

    @Test
    void who_acknowledged_and_what_they_wrote_is_sealed_and_the_first_one_stays()
            throws IOException {
        try (var history = open()) {
            raise("camera.away", "camera-1", "No connection.");
            var _ = history.acknowledge(1, by("Called Jo."));

            assertThat(history.acknowledge(1, by("Me too.")).orElseThrow().acknowledged())
                    .contains(by("Called Jo."));
            assertThat(history.acknowledge(99, by("What?"))).isEmpty();
        }

        assertThat(Files.readString(file())).doesNotContain("Jo", "Ann", PERSON.toString());
        assertThat(reopened().acknowledged()).contains(by("Called Jo."));
    }

    @Test
    void a_change_is_seen_at_once_and_what_stands_is_found_by_itself() {
        try (var history = open()) {
            raise("volume.full", "", "10 MB are free.");
            raise("camera.away", "camera-1", "No connection.");
            end("camera.away", "camera-1");
            after(Duration.ofSeconds(1));
            raise("volume.full", "", "9 MB are free.");

            assertThat(history.standing()).hasSize(1);
            var full = history.standing().getFirst();
            assertThat(full.alarm().cause()).isEqualTo("9 MB are free.");
            assertThat(full.changedAt()).isEqualTo(NOON.plusSeconds(1));
            assertThat(full.alarm().since()).isEqualTo(NOON);
            var ended =
                    new AlarmQuery(
                            Optional.empty(),
                            10,
                            Optional.of(false),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            "");
            assertThat(found(history, ended)).containsExactly("camera-1");
        }
    }

    @Test
    void what_is_over_is_forgotten_after_half_a_year() throws IOException {
        try (var history = open()) {
            raise("camera.away", "camera-1", "No connection.");
            end("camera.away", "camera-1");
            raise("volume.full", "", "10 MB are free.");
            awaitWritten("camera-1");
            after(Duration.ofDays(181));

            history.forgetOld();

            assertThat(found(history, AlarmQuery.newest(10))).containsExactly("");
            while (Files.readString(file()).contains("camera-1")) {
                Thread.onSpinWait();
            }
            assertThat(Files.readString(file())).contains("10 MB are free");
        }
    }

    @Test
    void what_is_over_for_half_a_year_is_forgotten_at_the_next_start() {
        try (var _ = open()) {
            raise("camera.away", "camera-1", "No connection.");
            end("camera.away", "camera-1");
        }
        after(Duration.ofDays(181));

        try (var history = reopen()) {
            assertThat(found(history, AlarmQuery.newest(10))).isEmpty();
        }
    }

    @Test
    void what_comes_back_within_a_minute_is_the_same_trouble() {
        try (var history = open()) {
            for (var round = 0; round < 100; round++) {
                raise("camera.away", "camera-1", "No connection.");
                after(Duration.ofSeconds(5));
                end("camera.away", "camera-1");
                after(Duration.ofSeconds(30));
            }
            after(Duration.ofMinutes(2));
            raise("camera.away", "camera-1", "No connection.");

            assertThat(history.page(AlarmQuery.newest(10)).episodes())
                    .extracting(AlarmEpisode::times)
                    .containsExactly(1, 100);
        }
    }

    @Test
    void forgets_the_oldest_that_are_over_and_none_that_stands() {
        try (var history = AlarmHistory.open(file(), SEALING, signals, () -> now, 3)) {
            raise("volume.full", "", "10 MB are free.");
            for (var camera = 1; camera <= 5; camera++) {
                raise("camera.away", "camera-" + camera, "No connection.");
                end("camera.away", "camera-" + camera);
            }

            assertThat(history.page(AlarmQuery.newest(10)).episodes())
                    .extracting(one -> one.alarm().subject())
                    .containsExactly("camera-5", "camera-4", "");
        }
    }

    @Test
    void is_searched_by_words_kind_subject_and_time_page_by_page() {
        try (var history = open()) {
            raise("camera.away", "camera-1", "No connection.");
            after(Duration.ofHours(1));
            end("camera.away", "camera-1");
            raise("volume.full", "v", "10 MB are free.");
            after(Duration.ofHours(1));
            raise("camera.away", "camera-2", "The password is refused.");

            assertThat(found(history, query("PASSWORD"))).containsExactly("camera-2");
            assertThat(found(history, kind("camera.away"))).containsExactly("camera-2", "camera-1");
            assertThat(found(history, subject("v"))).containsExactly("v");
            assertThat(found(history, between(NOON, NOON.plusSeconds(1))))
                    .containsExactly("camera-1");
            // What stands still, stood then too.
            assertThat(found(history, between(NOON.plusSeconds(5_000), NOON.plusSeconds(5_001))))
                    .containsExactly("v");

            var first = history.page(AlarmQuery.newest(2));
            assertThat(first.episodes()).hasSize(2);
            assertThat(first.next()).hasValue(first.episodes().getLast().number());
            var second = history.page(before(first.next().getAsLong()));
            assertThat(second.episodes()).hasSize(1);
            assertThat(second.next()).isEmpty();
        }
    }

    @Test
    void keeps_each_change_in_its_line_whatever_it_says() throws IOException {
        var odd = "tab\t, line\nbreak, back\\slash, escape \u001b[2J, \\n as typed, ü, 🎥";
        try (var _ = open()) {
            raise("camera.away", "camera-1", odd);
            end("camera.away", "camera-1");
        }

        assertThat(Files.readAllLines(file())).hasSizeBetween(2, 4);
        assertThat(Files.readString(file())).doesNotContain("\u001b");
        try (var history = reopen()) {
            assertThat(history.page(AlarmQuery.newest(1)).episodes().getFirst().alarm().cause())
                    .isEqualTo(odd.replace('\u001b', ' '));
        }
    }

    @Test
    void passes_over_a_torn_line() throws IOException {
        try (var _ = open()) {
            raise("camera.away", "camera-1", "No connection.");
            end("camera.away", "camera-1");
        }
        Files.writeString(file(), "E\t2\t1\t2026-11-2", StandardOpenOption.APPEND);

        try (var history = reopen()) {
            assertThat(history.page(AlarmQuery.newest(10)).episodes()).hasSize(1);
        }
        assertThat(Files.readString(file())).doesNotContain("E\t2");
    }

    @Test
    void a_line_that_cannot_be_read_is_told_and_kept_aside() throws IOException {
        try (var _ = open()) {
            raise("camera.away", "camera-1", "No connection.");
            end("camera.away", "camera-1");
        }
        Files.writeString(file(), "X\tsomething new\n", StandardOpenOption.APPEND);

        try (var history = reopen()) {
            assertThat(history.page(AlarmQuery.newest(10)).episodes())
                    .extracting(episode -> episode.alarm().kind())
                    .containsExactly("alarm-history.failed", "camera.away");
        }
        assertThat(Files.readString(file())).doesNotContain("something new");
        assertThat(folder.resolve("alarms.unreadable"))
                .content()
                .contains("something new", "camera-1");
    }

    @Test
    void is_readable_by_its_owner_only_and_takes_no_more_room_than_it_must() throws IOException {
        try (var _ = AlarmHistory.open(file(), SEALING, signals, () -> now, 10)) {
            for (var round = 0; round < 30_000; round++) {
                raise("camera.away", "camera-1", "No connection.");
                end("camera.away", "camera-1");
            }
        }

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        assertThat(Files.size(file())).isLessThan(8 << 20);
    }

    @Test
    void an_unreadable_file_is_put_aside_with_an_alarm() throws IOException {
        Files.write(file(), new byte[] {(byte) 0xC3, (byte) 0x28, 0, 1, 2});

        try (var history = open()) {
            assertThat(history.page(AlarmQuery.newest(1)).episodes().getFirst().alarm().kind())
                    .isEqualTo("alarm-history.failed");
        }
        assertThat(folder.resolve("alarms.unreadable")).exists();
        assertThat(Files.readString(file())).startsWith(AlarmHistory.FIRST_LINE);
    }

    @Test
    void what_was_put_aside_is_kept_no_longer_than_the_history_itself() throws IOException {
        var aside = Files.writeString(folder.resolve("alarms.unreadable"), "who acknowledged");
        Files.setLastModifiedTime(aside, FileTime.from(NOON.minus(Duration.ofDays(100))));

        try (var _ = open()) {
            raise("camera.away", "camera-1", "No connection.");
            awaitWritten("camera-1");
            assertThat(aside).exists();

            after(Duration.ofDays(81));
            raise("camera.away", "camera-2", "No connection.");
            while (Files.exists(aside)) {
                Thread.onSpinWait();
            }
            assertThat(Files.readString(file())).contains("camera-2");
        }
    }

    @Test
    void a_disk_that_fails_is_an_alarm_and_what_happened_meanwhile_is_written_when_it_is_back()
            throws Exception {
        var failed = new CountDownLatch(1);
        var place = Files.createDirectory(folder.resolve("place"));
        var unplugged = folder.resolve("unplugged");
        try (var _ = AlarmHistory.open(place.resolve("alarms"), SEALING, signals, () -> now, 100)) {
            signals.listen(change -> {
                if (change instanceof Signals.Change.Raised(var alarm)
                        && alarm.kind().equals("alarm-history.failed")) {
                    failed.countDown();
                }
            });
            Files.move(place, unplugged);
            raise("camera.away", "camera-1", "No connection.");
            assertThat(failed.await(20, TimeUnit.SECONDS)).isTrue();
            Files.move(unplugged, place);
        }

        signals = new Signals();
        try (var history =
                AlarmHistory.open(place.resolve("alarms"), SEALING, signals, () -> now, 100)) {
            assertThat(history.page(AlarmQuery.newest(10)).episodes())
                    .extracting(one -> one.alarm().kind())
                    .contains("camera.away", "alarm-history.failed");
        }
    }

    private static Acknowledgement by(String note) {
        return new Acknowledgement(NOON, PERSON, "Ann", note);
    }

    private AlarmEpisode reopened() {
        try (var history = reopen()) {
            return history.find(1).orElseThrow();
        }
    }

    private void awaitWritten(String text) throws IOException {
        while (!Files.exists(file()) || !Files.readString(file()).contains(text)) {
            Thread.onSpinWait();
        }
    }

    private Path file() {
        return folder.resolve("alarms");
    }

    private AlarmHistory open() {
        return AlarmHistory.open(file(), SEALING, signals, () -> now);
    }

    private AlarmHistory reopen() {
        signals = new Signals();
        return open();
    }

    private void after(Duration time) {
        now = now.plus(time);
    }

    private void raise(String kind, String subject, String cause) {
        signals.raise(
                new Alarm(
                        kind + "/" + subject,
                        AlarmKind.of(kind).orElseThrow(),
                        subject,
                        now,
                        cause,
                        "Look at it.",
                        Map.of("what", cause)));
    }

    private void end(String kind, String subject) {
        signals.end(kind + "/" + subject, now);
    }

    private static List<String> found(AlarmHistory history, AlarmQuery query) {
        return history.page(query).episodes().stream().map(one -> one.alarm().subject()).toList();
    }

    private static AlarmQuery query(String text) {
        return asked(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), text);
    }

    private static AlarmQuery kind(String kind) {
        return asked(Optional.of(kind), Optional.empty(), Optional.empty(), Optional.empty(), "");
    }

    private static AlarmQuery subject(String subject) {
        return asked(
                Optional.empty(), Optional.of(subject), Optional.empty(), Optional.empty(), "");
    }

    private static AlarmQuery between(Instant from, Instant to) {
        return asked(Optional.empty(), Optional.empty(), Optional.of(from), Optional.of(to), "");
    }

    private static AlarmQuery before(long number) {
        return new AlarmQuery(
                Optional.of(number),
                10,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "");
    }

    private static AlarmQuery asked(
            Optional<String> kind,
            Optional<String> subject,
            Optional<Instant> from,
            Optional<Instant> to,
            String text) {
        return new AlarmQuery(
                Optional.empty(),
                10,
                Optional.empty(),
                kind.flatMap(AlarmKind::of),
                subject,
                from,
                to,
                text);
    }
}
