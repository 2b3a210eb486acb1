package org.custodes.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.custodes.access.AccessHouse.done;
import static org.custodes.access.AccessHouse.refused;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.custodes.access.AccessHouse.Somebody;
import org.custodes.access.Replayed.Finding;
import org.custodes.access.Replayed.Kind;
import org.custodes.audit.Action;
import org.custodes.audit.Actor;
import org.custodes.audit.Entry;
import org.custodes.audit.Event;
import org.custodes.audit.Outcome;
import org.custodes.audit.Query;
import org.custodes.database.Database;
import org.custodes.house.DatabaseSwitch;
import org.custodes.media.Bytes;
import org.custodes.media.CameraId;
import org.custodes.media.MediaClass;
import org.custodes.media.TimeRange;
import org.custodes.rights.Decided;
import org.custodes.rights.Ground;
import org.custodes.rights.PolicySnapshot;
import org.custodes.rights.Request;
import org.custodes.rights.Right;
import org.custodes.vault.KeyName;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What was decided is decided again, the same; and whoever changes what was kept of it is found out.
class ReplayTest {
    private static final NewPerson.CameraChoice ALL = new NewPerson.CameraChoice(true, List.of());
    private static final String CASE = "the case of Mr Grey";

    @TempDir static Path cluster;

    private static Database database;

    @TempDir Path folder;

    private AccessHouse house;
    private Session officer;
    private Somebody otto;
    private Somebody aune;
    private Session auditor;
    private Jdbi sql;

    @BeforeAll
    static void start() {
        database =
                Database.embedded(cluster, DatabaseSwitch.PASSWORD.toCharArray(), _ -> {})
                        .awaitFirstAnswer(Duration.ofMinutes(1));
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @BeforeEach
    void open() {
        house = new AccessHouse(folder, database);
        officer = house.officer().session();
        otto = house.invited(officer, "Otto", Template.OPERATOR, house.only(house.lobby));
        aune = house.invited(officer, "Aune", Template.AUDITOR, ALL);
        auditor = aune.session();
        sql = Jdbi.create(database.dataSource());
    }

    @AfterEach
    void close() {
        house.close();
    }

    private Reason live(CameraId camera) {
        var decision =
                house.access.openLook(
                        otto.session(),
                        camera,
                        MediaClass.ORIGINAL,
                        LookKind.LIVE,
                        Optional.empty(),
                        new Why(Optional.of("incident"), Optional.of(CASE)));
        return switch (decision) {
            case LookDecision.Granted(var grant) -> {
                grant.close();
                yield Reason.SESSION_ENDED;
            }
            case LookDecision.Refused(var reason) -> reason;
        };
    }

    /// Otto looks at his camera, and it is the newest decision.
    private void looks() {
        live(house.lobby);
    }

    private Replayed replayed() {
        return done(house.access.replay(auditor, Query.newest(1_000)));
    }

    private List<Kind> found() {
        return replayed().findings().stream().map(Finding::kind).toList();
    }

    /// What the newest entry with a decision names.
    private Bytes newestDecision() {
        return house.entries(50).stream()
                .flatMap(entry -> entry.decision().stream())
                .findFirst()
                .orElseThrow();
    }

    private void change(String statement, Bytes decision) {
        var changed =
                sql.withHandle(handle ->
                        handle.createUpdate(statement)
                                .bind("decision", decision.array())
                                .execute());
        assertThat(changed).isEqualTo(1);
    }

    private long count(String table) {
        return sql.withHandle(handle ->
                handle.createQuery("select count(*) from access." + table).mapTo(long.class).one());
    }

    @Test
    void looks_refusals_and_changes_come_out_as_they_did() {
        looks();
        assertThat(live(house.dock)).isEqualTo(Reason.CAMERA_NOT_GIVEN);
        assertThat(live(new CameraId(UUID.randomUUID()))).isEqualTo(Reason.CAMERA_UNKNOWN);
        assertThat(house.access.refuses(otto.session(), Right.SEE_SYSTEM))
                .contains(Reason.RIGHT_MISSING);
        assertThat(house.access.refuses(officer, Right.SEE_TIMELINE))
                .contains(Reason.RIGHT_MISSING);
        assertThat(back(Duration.ofMinutes(2))).isInstanceOf(LookDecision.Granted.class);
        done(house.access.endSessions(officer, otto.id()));

        var replayed = replayed();

        var decisions =
                house.entries(1_000).stream()
                        .filter(entry -> entry.decision().isPresent())
                        .toList();
        assertThat(replayed.findings()).isEmpty();
        assertThat(replayed.next()).isEmpty();
        // The newest of them is that this was asked.
        assertThat(replayed.same()).isEqualTo(decisions.size());
        assertThat(decisions.getFirst().action()).isEqualTo("audit.read");
        assertThat(decisions.getFirst().text()).isEqualTo("decide again");
        assertThat(decisions)
                .extracting(Entry::action)
                .contains(
                        "look.live-opened",
                        "look.playback-opened",
                        "act.refused",
                        "approval.asked",
                        "approval.given",
                        "person.rights-changed",
                        "session.all-ended",
                        "passkey.added");
        assertThat(decisions).extracting(Entry::decision).doesNotHaveDuplicates();
    }

    private LookDecision back(Duration ago) {
        var now = house.clock.instant();
        return house.access.openLook(
                otto.session(),
                house.lobby,
                MediaClass.ORIGINAL,
                LookKind.PLAYBACK,
                Optional.of(new TimeRange(now.minus(ago), now)),
                Why.UNSAID);
    }

    @Test
    void it_comes_out_the_same_long_after_and_whatever_is_granted_by_then() {
        looks();
        done(house.access.removePerson(officer, otto.id()));
        house.clock.pass(Duration.ofDays(30));
        house.restart();
        auditor = house.signedInAgain(aune, "Aune");

        assertThat(found()).isEmpty();
    }

    @Test
    void what_is_made_although_nobody_said_yes_comes_out_the_same() throws IOException {
        var olga = anotherHouse().lonelyOfficer();
        var wanted = new NewPerson("Aune", Template.AUDITOR.code(), ALL, "a test");
        var invitation = done(house.access.invite(olga.session(), wanted));
        aune = house.enrol(invitation.link().token(), Optional.empty());
        house.clock.pass(Duration.ofHours(24));
        for (var round = 0; round < 31; round++) {
            house.access.watchOnce();
        }
        auditor = house.signedInAgain(aune, "Aune");

        assertThat(found()).isEmpty();
        assertThat(house.entries(50))
                .filteredOn(entry -> entry.actor().isSystem() && entry.decision().isPresent())
                .extracting(Entry::action)
                .containsExactly("person.rights-changed", "approval.given");
    }

    /// A house in which nothing was decided yet.
    private AccessHouse anotherHouse() throws IOException {
        house.close();
        house = new AccessHouse(Files.createDirectory(folder.resolve("another")), database);
        return house;
    }

    private UUID held(Somebody person) {
        return done(house.access.people(officer)).stream()
                .filter(one -> one.id().equals(person.id()))
                .flatMap(one -> one.roles().stream())
                .findFirst()
                .orElseThrow()
                .id();
    }

    @Test
    void a_policy_is_kept_once_for_all_that_is_decided_by_it() {
        looks();
        var before = count("policy_kept");
        looks();
        live(house.dock);
        assertThat(count("policy_kept")).isEqualTo(before);

        done(house.access.changeCameras(officer, otto.id(), held(otto), house.only(house.dock)));
        live(house.dock);

        assertThat(count("policy_kept")).isGreaterThan(before);
        assertThat(found()).isEmpty();
    }

    @Test
    void nothing_of_it_is_kept_in_clear() {
        looks();

        var kept =
                sql.withHandle(handle ->
                        handle.createQuery(
                                        """
                                        select decided.sealed || content from access.decided
                                        join access.policy_kept on hash = policy
                                        """)
                                .mapTo(byte[].class)
                                .list());

        var ofOtto = otto.id().value();
        assertThat(kept).isNotEmpty();
        assertThat(kept)
                .allSatisfy(bytes ->
                        assertThat(new String(bytes, StandardCharsets.ISO_8859_1))
                                .doesNotContain(CASE, "Otto", "Olga", "192.0.2.50"));
        var sealed =
                sql.withHandle(handle ->
                        handle.createQuery("select sealed from access.decided")
                                .mapTo(byte[].class)
                                .list());
        assertThat(sealed)
                .allSatisfy(bytes ->
                        assertThat(HexFormat.of().formatHex(bytes))
                                .doesNotContain(ofOtto.toString().replace("-", "")));
    }

    @Test
    void a_policy_that_was_changed_in_the_database_is_found() {
        looks();

        change(
                """
                update access.policy_kept set content = set_byte(content, 40, get_byte(content, 40) # 1)
                where hash = (select policy from access.decided where decision = :decision)
                """,
                newestDecision());

        assertThat(found()).contains(Kind.POLICY_CHANGED).containsOnly(Kind.POLICY_CHANGED);
    }

    /// A policy that would have allowed more, under the hash of the one that was there.
    @Test
    void another_policy_in_the_place_of_one_is_found() {
        live(house.dock);
        var other = PolicySnapshot.empty(house.clock.instant(), ZoneOffset.UTC).content();

        sql.useHandle(handle ->
                handle.createUpdate("update access.policy_kept set content = :content")
                        .bind("content", other.array())
                        .execute());

        assertThat(found()).isNotEmpty().containsOnly(Kind.POLICY_CHANGED);
    }

    @Test
    void a_decision_that_was_changed_in_the_database_is_found() {
        looks();

        for (var at : List.of(0, 1, 5, 18, 20, 30, 100)) {
            var flip =
                    "update access.decided set sealed = set_byte(sealed, %1$d, get_byte(sealed, %1$d) # 1) where decision = :decision"
                            .formatted(at);
            change(flip, decisionOfTheLook());
            assertThat(found()).as("byte %d", at).containsExactly(Kind.REQUEST_CHANGED);
            change(flip, decisionOfTheLook());
            assertThat(found()).isEmpty();
        }
    }

    /// Each reading of the log is a decision too.
    private Bytes decisionOfTheLook() {
        return house.entries(1_000).stream()
                .filter(entry -> entry.action().equals("look.live-opened"))
                .flatMap(entry -> entry.decision().stream())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void two_decisions_that_were_exchanged_are_found() {
        looks();
        var one = newestDecision();
        live(house.dock);
        var other = newestDecision();

        sql.useHandle(handle ->
                handle.createUpdate(
                                """
                                update access.decided as a set sealed = b.sealed from access.decided as b
                                where a.decision in (:one, :other) and b.decision in (:one, :other)
                                    and a.decision <> b.decision
                                """)
                        .bind("one", one.array())
                        .bind("other", other.array())
                        .execute());

        assertThat(found()).containsExactly(Kind.REQUEST_CHANGED, Kind.REQUEST_CHANGED);
    }

    @Test
    void a_decision_that_was_taken_out_of_the_database_is_missed() {
        looks();

        change("delete from access.decided where decision = :decision", newestDecision());

        assertThat(found()).containsExactly(Kind.REQUEST_MISSING);
    }

    @Test
    void a_policy_that_was_taken_out_of_the_database_is_missed() {
        looks();

        sql.useHandle(handle -> {
            handle.execute("alter table access.decided drop constraint decided_policy_fkey");
            handle.execute("delete from access.policy_kept");
        });
        try {
            assertThat(found()).contains(Kind.POLICY_MISSING).doesNotContain(Kind.POLICY_CHANGED);
        } finally {
            sql.useHandle(handle -> {
                handle.execute("delete from access.decided");
                handle.execute(
                        "alter table access.decided add foreign key (policy) references access.policy_kept");
            });
        }
    }

    /// Whoever empties the tables makes the recorder begin anew; the log has the first beginning.
    @Test
    void what_was_decided_before_the_tables_were_emptied_is_missed() {
        looks();
        var decided = replayed().same();

        sql.useHandle(handle -> {
            handle.execute("delete from access.decided");
            handle.execute("delete from access.policy_kept");
        });
        house.restart();
        auditor = house.access.session(aune.signedIn().token()).orElseThrow();
        var found = found();

        assertThat(found).hasSize((int) decided).containsOnly(Kind.REQUEST_MISSING);
        assertThat(house.entries(50)).extracting(Entry::action).contains("decisions.kept");
    }

    @Test
    void what_was_decided_before_decisions_were_kept_is_told_apart() throws IOException {
        anotherHouse().audit.append(decided(new byte[32]));
        officer = house.officer().session();
        auditor = house.invited(officer, "Aune", Template.AUDITOR, ALL).session();

        assertThat(found()).containsExactly(Kind.BEFORE);
        assertThat(replayed().same()).isPositive();
    }

    private static Event decided(byte[] decision) {
        return new Event(
                Actor.system(),
                Action.REFUSED,
                "",
                Optional.empty(),
                Optional.empty(),
                Outcome.REFUSED,
                "a test",
                Optional.of(Bytes.of(decision)));
    }

    /// By a rule that has changed since, or by a recorder that did not do what it said.
    @Test
    void a_decision_that_comes_out_otherwise_is_told_with_both() {
        var request = Request.of(otto.session().subject(), Right.WATCH_LIVE).on(house.dock);
        var policy = PolicySnapshot.empty(house.clock.instant(), ZoneOffset.UTC);
        var lie =
                new Decided(
                        policy.hash(),
                        policy.takenAt(),
                        Decided.Question.MAY,
                        request,
                        Optional.empty());
        var decisions = new Decisions(new AccessTables(database), house.audit, house.random);
        var kept = decisions.keep(Actor.system(), policy, lie);
        var entry = house.audit.append(decided(kept.array()));

        var replayed = replayed();

        assertThat(replayed.findings())
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.kind()).isEqualTo(Kind.DIFFERENT);
                    assertThat(found.entry()).isEqualTo(entry.index());
                    assertThat(found.time()).isEqualTo(entry.time());
                    assertThat(found.then()).contains(lie);
                    assertThat(found.now().orElseThrow().ground())
                            .contains(Ground.REQUEST_INCOMPLETE);
                });
    }

    @Test
    void a_decision_goes_with_the_key_of_its_person_and_month() {
        looks();
        live(house.dock);
        var decided = replayed().same();
        var key = keyOf(decisionOfTheLook());

        house.vault.destroy(key);
        var replayed = replayed();

        assertThat(replayed.findings())
                .hasSizeGreaterThanOrEqualTo(2)
                .allMatch(found -> found.kind() == Kind.EXPIRED);
        assertThat(replayed.same() + replayed.findings().size()).isEqualTo(decided + 1);
    }

    /// As the envelope names it.
    private KeyName keyOf(Bytes decision) {
        var sealed =
                sql.withHandle(handle ->
                        handle.createQuery(
                                        "select sealed from access.decided where decision = :decision")
                                .bind("decision", decision.array())
                                .mapTo(byte[].class)
                                .one());
        return new KeyName("audit-person", HexFormat.of().formatHex(sealed, 2, 18) + "/2026-11");
    }

    /// A decision is made in the last moment of a month, and its entry written in the first of the next.
    @Test
    void the_end_of_a_month_between_a_decision_and_its_entry_is_nobodys_fault() {
        var end = Instant.parse("2026-12-01T00:00:00Z");
        house.clock.pass(Duration.between(house.clock.instant(), end.minusMillis(1)));
        var policy = PolicySnapshot.empty(house.clock.instant(), ZoneOffset.UTC);
        var request = Request.of(otto.session().subject(), Right.SEE_SYSTEM);
        var decisions = new Decisions(new AccessTables(database), house.audit, house.random);
        var kept = decisions.keep(Actor.system(), policy, Decided.may(request, policy));
        house.clock.pass(Duration.ofMillis(2));
        house.audit.append(decided(kept.array()));
        house.clock.pass(Duration.ofMinutes(2));
        // Nobody's entry is written so late: whose key it names was changed.
        var late = house.audit.append(decided(kept.array()));
        auditor = house.signedInAgain(aune, "Aune");
        assertThat(found()).isEmpty();

        house.vault.destroy(new KeyName("audit-system", "2026-11"));

        assertThat(replayed().findings())
                .extracting(Finding::kind)
                .containsExactly(Kind.REQUEST_CHANGED, Kind.EXPIRED);
        assertThat(replayed().findings().getFirst().entry()).isEqualTo(late.index());
    }

    @Test
    void what_names_something_that_this_version_does_not_know_is_told_apart() {
        var policy = PolicySnapshot.empty(house.clock.instant(), ZoneOffset.UTC);
        var request = Request.of(otto.session().subject(), Right.SEE_SYSTEM);
        var content = Decided.may(request, policy).content().array();
        var other =
                new String(content, StandardCharsets.ISO_8859_1)
                        .replace("see-system", "see-future");
        var facts = ("s".repeat(32) + other).getBytes(StandardCharsets.ISO_8859_1);
        var context = "custodes-decided-v1".getBytes(StandardCharsets.US_ASCII);
        var sealed = house.audit.enclose(Actor.system(), facts, context);
        sql.useHandle(handle ->
                handle.createUpdate(
                                """
                                insert into access.decided (decision, policy, decided_at, sealed)
                                select :decision, hash, first_used, :sealed from access.policy_kept limit 1
                                """)
                        .bind("decision", Decisions.hash(facts).array())
                        .bind("sealed", sealed.array())
                        .execute());

        house.audit.append(decided(Decisions.hash(facts).array()));

        assertThat(found()).containsExactly(Kind.UNKNOWN);
    }

    @Test
    void one_person_and_one_time_are_asked_and_a_page_goes_on_from_another() {
        looks();
        house.clock.pass(Duration.ofMinutes(5));
        var then = house.clock.instant();
        looks();
        live(house.dock);
        house.clock.pass(Duration.ofMinutes(5));
        auditor = house.signedInAgain(aune, "Aune");

        assertThat(same(query(Optional.of(otto.id()), Optional.of(then), Optional.empty())))
                .isEqualTo(2);
        assertThat(same(query(Optional.of(otto.id()), Optional.empty(), Optional.of(then))))
                .isEqualTo(
                        same(query(Optional.of(otto.id()), Optional.empty(), Optional.empty()))
                                - 2);
        var sum = 0L;
        var most = replayed().same();
        var query = Query.newest(3);
        for (var page = done(house.access.replay(auditor, query));
                ;
                page = done(house.access.replay(auditor, query))) {
            sum += page.same();
            if (page.next().isEmpty()) {
                break;
            }
            query = query.before(page.next().getAsLong());
        }
        assertThat(sum).isEqualTo(most + 1);
    }

    private long same(Query query) {
        return done(house.access.replay(auditor, query)).same();
    }

    private static Query query(
            Optional<PersonId> person, Optional<Instant> from, Optional<Instant> to) {
        return new Query(
                Set.of(),
                person.map(PersonId::value),
                "",
                Optional.empty(),
                from,
                to,
                "",
                OptionalLong.empty(),
                1_000);
    }

    @Test
    void only_who_reads_the_log_decides_it_again_and_that_they_did_is_on_record() {
        assertThat(refused(house.access.replay(officer, Query.newest(10))))
                .isEqualTo(Reason.RIGHT_MISSING);
        assertThat(house.trail(1)).containsExactly("act.refused REFUSED");

        done(house.access.replay(auditor, Query.newest(10)));

        assertThat(house.trail(1)).containsExactly("audit.read DONE");
        assertThat(house.entries(1).getFirst().text()).isEqualTo("decide again");
    }

    /// A look is not granted on what nobody can look at later.
    @Test
    void what_cannot_be_kept_is_refused() {
        var newest = house.entries(1).getFirst().index();
        sql.useHandle(handle ->
                handle.execute("alter table access.decided rename column sealed to elsewhere"));
        try {
            assertThatThrownBy(this::looks).isInstanceOf(JdbiException.class);
            assertThat(house.entries(1).getFirst().index()).isEqualTo(newest);
        } finally {
            sql.useHandle(handle ->
                    handle.execute("alter table access.decided rename column elsewhere to sealed"));
        }
    }

    @Test
    void what_no_entry_names_any_more_goes_and_the_policy_that_is_good_now_stays() {
        looks();
        var decisions = new Decisions(new AccessTables(database), house.audit, house.random);
        var policies = new Policies(new AccessTables(database), house.register, house.clock);
        var all = count("decided");
        decisions.sweep(policies.now());
        assertThat(count("decided")).isEqualTo(all);
        assertThat(count("policy_kept")).isGreaterThan(1);

        change(
                "update access.decided set decided_at = '2026-10-31T22:59:59Z' where decision = :decision",
                decisionOfTheLook());
        decisions.sweep(policies.now());
        assertThat(count("decided")).isEqualTo(all - 1);

        sql.useHandle(handle ->
                handle.execute("update access.decided set decided_at = '2025-01-01T00:00:00Z'"));
        decisions.sweep(policies.now());

        assertThat(count("decided")).isZero();
        assertThat(count("policy_kept")).isEqualTo(1);
        looks();
        assertThat(count("policy_kept")).isEqualTo(1);
    }
}
