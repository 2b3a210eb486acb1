package org.custodes.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.custodes.audit.Ledger.ERIKA;
import static org.custodes.audit.Ledger.OTTO;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.custodes.media.Bytes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTest {
    @TempDir Path home;

    private Ledger ledger;

    @BeforeEach
    void open() throws IOException {
        ledger = new Ledger(home);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void what_was_told_is_read_back_whole() {
        var decision = Bytes.of(new byte[32]);
        var event =
                new Event(
                        ERIKA,
                        Action.PLAYBACK_OPENED,
                        "camera/2d1e",
                        Optional.of("incident"),
                        Optional.of("C-17"),
                        Outcome.DONE,
                        "The car by the gate",
                        Optional.of(decision));

        var receipt = ledger.log().append(event);

        assertThat(ledger.newest())
                .containsExactly(
                        new Entry(
                                0,
                                Instant.parse("2026-11-22T10:00:00.123456Z"),
                                Optional.empty(),
                                ERIKA,
                                false,
                                "look.playback-opened",
                                "camera/2d1e",
                                Optional.of("incident"),
                                Optional.of("C-17"),
                                Optional.of(decision),
                                Outcome.DONE,
                                "The car by the gate",
                                receipt.hash()));
    }

    @Test
    void entries_and_their_order_survive_a_restart() {
        ledger.tell("first");
        ledger.tell("second");

        ledger.reopen();
        ledger.tell("third");

        assertThat(ledger.texts()).containsExactly("third", "second", "first");
        assertThat(ledger.log().verify())
                .isInstanceOfSatisfying(
                        Verification.Holds.class,
                        holds -> assertThat(holds.entries()).isEqualTo(3));
    }

    @Test
    void many_threads_get_receipts_without_a_gap_and_in_one_chain() throws Exception {
        Callable<List<Receipt>> clerk =
                () -> IntStream.range(0, 50).mapToObj(i -> ledger.tell("entry " + i)).toList();
        var indexes = new HashSet<Long>();

        try (var threads = Executors.newFixedThreadPool(16)) {
            for (Future<List<Receipt>> done : threads.invokeAll(Collections.nCopies(16, clerk))) {
                done.get().forEach(receipt -> indexes.add(receipt.index()));
            }
        }

        assertThat(indexes)
                .containsExactlyInAnyOrderElementsOf(LongStream.range(0, 800).boxed().toList());
        assertThat(ledger.log().verify()).isInstanceOf(Verification.Holds.class);
    }

    @Test
    void no_name_no_address_and_no_free_text_lies_on_the_disk_in_clear() throws IOException {
        ledger.tell(ERIKA, Action.SIGN_IN, "", "with a key of her own");
        ledger.tell(
                Actor.stranger("hunter2 typed as a name", "203.0.113.9", "curl"),
                Action.SIGN_IN_REFUSED,
                "",
                "no such person");
        ledger.log()
                .append(
                        new Event(
                                OTTO,
                                Action.PERSON_REMOVED,
                                "person/" + ERIKA.person().orElseThrow(),
                                Optional.of("because Erika asked for it"),
                                Optional.of("case of Erika"),
                                Outcome.DONE,
                                "gone"));
        ledger.log().close();

        for (var secret :
                List.of(
                        "Erika",
                        "Otto",
                        "192.0.2",
                        "198.51",
                        "203.0",
                        "hunter2",
                        "curl",
                        "Desk",
                        "key of her own",
                        "no such person",
                        "gone",
                        "0d6c1f2b7e01")) {
            for (var file : ledger.segments()) {
                var bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                assertThat(bytes).as(secret).doesNotContain(secret);
            }
        }
    }

    @Test
    void what_was_sealed_because_it_names_somebody_is_read_back_in_its_place() {
        var object = "person/" + ERIKA.person().orElseThrow();
        ledger.log()
                .append(
                        new Event(
                                OTTO,
                                Action.PERSON_REMOVED,
                                object,
                                Optional.of("because Erika asked for it"),
                                Optional.of("the case of Erika"),
                                Outcome.DONE,
                                ""));

        var entry = ledger.newest().getFirst();

        assertThat(entry.object()).isEqualTo(object);
        assertThat(entry.purpose()).contains("because Erika asked for it");
        assertThat(entry.caseId()).contains("the case of Erika");
    }

    @Test
    void a_person_keeps_the_pseudonym_over_a_restart_and_loses_it_with_the_month()
            throws IOException {
        ledger.tell("in november");
        ledger.reopen();
        ledger.tell("in november, after a restart");
        ledger.reopen();
        ledger.tell("in november, after two");
        ledger.setClock("2026-12-01T00:00:00Z");
        ledger.tell("in december");

        var names = pseudonyms();

        assertThat(names).hasSize(4);
        assertThat(Set.copyOf(names.subList(0, 3))).hasSize(1);
        assertThat(names.get(3)).isNotEqualTo(names.get(0));
    }

    @Test
    void two_people_have_two_pseudonyms_and_the_system_has_none() throws IOException {
        ledger.tell(ERIKA, Action.SIGN_IN, "", "");
        ledger.tell(OTTO, Action.SIGN_IN, "", "");
        ledger.tell(Actor.system(), Action.SERVER_STARTED, "", "");

        var names = pseudonyms();

        assertThat(names.get(0)).isPresent().isNotEqualTo(names.get(1));
        assertThat(names.get(2)).isEmpty();
    }

    @Test
    void an_entry_whose_key_is_destroyed_stays_without_its_person_and_the_chain_holds()
            throws IOException {
        ledger.tell(ERIKA, Action.LIVE_OPENED, "camera/1", "private");
        ledger.tell(OTTO, Action.LIVE_OPENED, "camera/2", "stays");
        ledger.vault.destroy(stored().getFirst().alias().keyName());

        var entries = ledger.newest();

        assertThat(entries.getLast().expired()).isTrue();
        assertThat(entries.getLast().actor().name()).isEqualTo("[name expired]");
        assertThat(entries.getLast().actor().person()).isEmpty();
        assertThat(entries.getLast().text()).isEmpty();
        assertThat(entries.getLast().object()).isEqualTo("camera/1");
        assertThat(entries.getFirst().text()).isEqualTo("stays");
        assertThat(ledger.log().verify()).isInstanceOf(Verification.Holds.class);
    }

    @Test
    void a_person_whose_key_was_destroyed_writes_on_under_a_new_one() throws IOException {
        ledger.tell("before");
        ledger.vault.destroy(stored().getFirst().alias().keyName());

        // The first try finds out that the key is gone and grants nothing.
        assertThatThrownBy(() -> ledger.tell("at")).isInstanceOf(AuditUnavailableException.class);
        ledger.tell("after");

        assertThat(ledger.texts()).containsExactly("after", "");
        assertThat(ledger.log().verify()).isInstanceOf(Verification.Holds.class);
    }

    @Test
    void a_month_ends_its_segment_and_reading_goes_over_the_edge() throws IOException {
        ledger.tell("in november");
        ledger.setClock("2026-12-01T00:00:00Z");
        ledger.tell("in december");
        ledger.setClock("2026-11-30T23:59:59Z");
        ledger.tell("in november again, for the clock was set back");

        assertThat(ledger.segments()).hasSize(3);
        assertThat(ledger.newest()).hasSize(3);
        assertThat(ledger.log().verify()).isInstanceOf(Verification.Holds.class);
    }

    @Test
    void many_restarts_leave_no_empty_segments_behind() throws IOException {
        ledger.tell("one");
        for (var i = 0; i < 5; i++) {
            ledger.reopen();
        }
        ledger.tell("two");

        assertThat(ledger.segments()).hasSize(2);
        assertThat(ledger.texts()).containsExactly("two", "one");
    }

    @Test
    void pages_follow_each_other_without_loss_or_repetition() {
        IntStream.range(0, 25).forEach(i -> ledger.tell("entry " + i));

        var first = ledger.log().read(Query.newest(10));
        var second = ledger.log().read(Query.newest(10).before(first.next().orElseThrow()));
        var third = ledger.log().read(Query.newest(10).before(second.next().orElseThrow()));

        assertThat(first.entries()).extracting(Entry::index).startsWith(24L).endsWith(15L);
        assertThat(second.entries()).extracting(Entry::index).startsWith(14L).endsWith(5L);
        assertThat(third.entries()).extracting(Entry::index).startsWith(4L).endsWith(0L);
        assertThat(third.next()).isEmpty();
    }

    @Test
    void every_filter_shows_what_it_says() {
        ledger.tell(ERIKA, Action.SIGN_IN, "", "one");
        ledger.setClock("2026-11-23T10:00:00Z");
        ledger.tell(OTTO, Action.CAMERA_ADDED, "camera/7", "two");
        ledger.setClock("2026-11-24T10:00:00Z");
        ledger.log()
                .append(
                        Event.of(
                                OTTO, Action.CAMERA_REMOVED, "camera/7", Outcome.REFUSED, "Three"));

        assertThat(found(Set.of("session.opened"), null, "", null, null, null, ""))
                .containsExactly("one");
        assertThat(found(Set.of(), OTTO.person().orElseThrow(), "", null, null, null, ""))
                .containsExactly("Three", "two");
        assertThat(found(Set.of(), null, "camera/", null, null, null, ""))
                .containsExactly("Three", "two");
        assertThat(found(Set.of(), null, "", Outcome.REFUSED, null, null, ""))
                .containsExactly("Three");
        assertThat(found(Set.of(), null, "", null, "2026-11-23T10:00:00Z", null, ""))
                .containsExactly("Three", "two");
        assertThat(found(Set.of(), null, "", null, null, "2026-11-23T10:00:00Z", ""))
                .containsExactly("one");
        assertThat(found(Set.of(), null, "", null, null, null, "tHREE")).containsExactly("Three");
        assertThat(found(Set.of(), null, "", null, null, null, "192.0.2.17"))
                .containsExactly("one");
    }

    @Test
    void a_text_of_a_stranger_stays_one_bounded_line() {
        ledger.tell("a\r\nb\u001b[31m\u202Egnp.exe" + "x".repeat(10_000));

        var text = ledger.texts().getFirst();

        assertThat(text).startsWith("a\uFFFD\uFFFDb\uFFFD[31m\uFFFDgnp.exe").endsWith("x…");
        assertThat(text.codePointCount(0, text.length())).isEqualTo(2_000);
    }

    @Test
    void a_log_in_use_is_not_opened_twice() {
        assertThatThrownBy(() -> ledger.open(ledger.folder))
                .isInstanceOf(AuditUnavailableException.class)
                .hasMessageContaining("in use by another recorder");
    }

    @Test
    @Timeout(30)
    void tells_by_itself_that_it_takes_entries_again() throws Exception {
        ledger.tell("before");
        ledger.log().tryAgain();
        ledger.vault.destroy(stored().getFirst().alias().keyName());
        assertThatThrownBy(() -> ledger.tell("refused"))
                .isInstanceOf(AuditUnavailableException.class);
        assertThat(ledger.log().fault()).isPresent();

        ledger.log().tryAgain();
        while (ledger.log().fault().isPresent()) {
            Thread.sleep(5);
        }

        var newest = ledger.newest();
        assertThat(newest).extracting(Entry::action).startsWith("audit.resumed");
        assertThat(newest).hasSize(2);
        assertThat(newest.getFirst().text())
                .contains("takes entries again", "did not take an entry");
    }

    @Test
    void a_closed_log_takes_nothing() {
        ledger.log().close();

        assertThatThrownBy(() -> ledger.tell("late")).isInstanceOf(AuditUnavailableException.class);
    }

    @Test
    void every_byte_of_a_segment_that_is_changed_breaks_the_chain() throws IOException {
        ledger.tell("first");
        ledger.tell("second");
        var file = ledger.segments().getFirst();
        var bytes = Files.readAllBytes(file);

        for (var i = 0; i < bytes.length; i++) {
            bytes[i] ^= 1;
            Files.write(file, bytes);
            assertThat(ledger.log().verify())
                    .as("byte %d", i)
                    .isInstanceOf(Verification.Broken.class);
            bytes[i] ^= 1;
        }
    }

    private List<String> found(
            Set<String> actions,
            @Nullable UUID person,
            String object,
            @Nullable Outcome outcome,
            @Nullable String from,
            @Nullable String to,
            String text) {
        var query =
                new Query(
                        actions,
                        Optional.ofNullable(person),
                        object,
                        Optional.ofNullable(outcome),
                        Optional.ofNullable(from).map(Instant::parse),
                        Optional.ofNullable(to).map(Instant::parse),
                        text,
                        OptionalLong.empty(),
                        100);
        return ledger.log().read(query).entries().stream().map(Entry::text).toList();
    }

    private List<Optional<Bytes>> pseudonyms() throws IOException {
        return stored().stream().map(entry -> entry.alias().pseudonym()).toList();
    }

    private List<StoredEntry> stored() throws IOException {
        var entries = new ArrayList<StoredEntry>();
        for (var file : ledger.segments()) {
            Segment.read(file, Long.MAX_VALUE).orElseThrow().frames().stream()
                    .map(frame -> StoredEntry.decode(frame.map().array()))
                    .forEach(entries::add);
        }
        return entries;
    }
}
