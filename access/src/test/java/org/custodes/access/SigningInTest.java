package org.custodes.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.custodes.access.AccessHouse.DESK;
import static org.custodes.access.AccessHouse.HERE;
import static org.custodes.access.AccessHouse.PASSWORD;
import static org.custodes.access.AccessHouse.done;
import static org.custodes.access.AccessHouse.faults;
import static org.custodes.access.AccessHouse.origin;
import static org.custodes.access.AccessHouse.refused;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.custodes.database.Database;
import org.custodes.house.DatabaseSwitch;
import org.custodes.media.Bytes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningInTest {
    @TempDir static Path cluster;

    private static Database database;

    @TempDir Path folder;

    private AccessHouse house;

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
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void the_first_start_offers_two_links_and_whoever_follows_one_is_a_security_officer() {
        assertThat(house.access.enrolled()).isFalse();
        assertThat(house.access.firstOfficerLinks()).hasSize(2);

        var officer = house.lonelyOfficer();

        assertThat(house.access.roles(officer.session()))
                .containsExactly(Template.SECURITY_OFFICER.role());
        assertThat(officer.session().name()).isEqualTo("Olga Officer");
        assertThat(house.access.enrolled()).isTrue();
        assertThat(house.access.firstOfficerLinks()).isEmpty();
        assertThat(house.trail(3))
                .containsExactly(
                        "session.opened DONE", "person.enrolled DONE", "person.invited DONE");
    }

    @Test
    void new_links_for_the_first_officers_replace_the_old_ones() {
        var first = house.access.firstOfficerLinks().getFirst();
        var second = house.access.firstOfficerLinks().getFirst();

        assertThat(refused(house.access.lookAtEnrolment(first.token(), DESK)))
                .isEqualTo(Reason.LINK_NOT_GOOD);
        assertThat(done(house.access.lookAtEnrolment(second.token(), DESK)).mayRename()).isTrue();
    }

    @Test
    void password_and_code_sign_in_whatever_case_the_name_is_typed_in() {
        var olga = house.officer();
        house.clock.pass(Duration.ofSeconds(30));

        var answer =
                house.access.signIn("  olga  OFFICER", PASSWORD, house.code(olga.secret()), DESK);

        var signedIn = done(answer);
        assertThat(house.access.session(signedIn.token())).contains(signedIn.session());
        assertThat(house.entries(1).getFirst().actor().address()).isEqualTo("192.0.2.50");
        assertThat(house.trail(1)).containsExactly("session.opened DONE");
    }

    @Test
    void a_code_is_good_once() {
        var olga = house.officer();
        house.clock.pass(Duration.ofSeconds(30));
        var code = house.code(olga.secret());
        done(house.access.signIn("Olga Officer", PASSWORD, code, DESK));

        var again = house.access.signIn("Olga Officer", PASSWORD, code, DESK);

        assertThat(refused(again)).isEqualTo(Reason.BAD_CREDENTIALS);
    }

    @Test
    void of_many_who_use_one_code_at_once_one_signs_in() throws Exception {
        var olga = house.officer();
        house.clock.pass(Duration.ofSeconds(30));
        var code = house.code(olga.secret());

        var answers = new ArrayList<Answer<SignedIn>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls =
                    IntStream.range(0, 6)
                            .mapToObj(i -> origin("192.0.2." + i))
                            .map(from ->
                                    (Callable<Answer<SignedIn>>)
                                            () ->
                                                    house.access.signIn(
                                                            "Olga Officer", PASSWORD, code, from))
                            .toList();
            for (var answer : threads.invokeAll(calls)) {
                answers.add(answer.get());
            }
        }

        assertThat(answers).filteredOn(Answer.Done.class::isInstance).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void a_wrong_name_password_and_code_get_the_same_answer_and_an_entry_each() {
        var olga = house.officer();
        house.clock.pass(Duration.ofSeconds(30));
        var code = house.code(olga.secret());
        var wrong = code.equals("000000") ? "000001" : "000000";

        var name = house.access.signIn("Nobody Here", PASSWORD, code, DESK);
        var password = house.access.signIn("Olga Officer", "another sentence", code, DESK);
        var number = house.access.signIn("Olga Officer", PASSWORD, wrong, DESK);

        assertThat(name).isEqualTo(password).isEqualTo(number);
        assertThat(refused(name)).isEqualTo(Reason.BAD_CREDENTIALS);
        var entries = house.entries(3);
        assertThat(entries).allMatch(entry -> entry.action().equals("session.refused"));
        // Names of strangers are not kept: people type passwords into the wrong field.
        assertThat(entries.getLast().toString()).doesNotContain("Nobody Here");
        assertThat(entries.getFirst().actor().name()).isEqualTo("Olga Officer");
    }

    @Test
    void absurd_fields_are_told_as_faults_and_are_on_record() {
        var answer = house.access.signIn("x".repeat(10_000), "", "12 34", DESK);

        assertThat(faults(answer))
                .containsExactly("name form.too-long", "password form.required", "code code.form");
        assertThat(house.trail(1)).containsExactly("session.refused REFUSED");
    }

    @Test
    void guessing_is_slowed_with_one_entry_per_wait_and_the_account_opens_again() {
        var olga = house.officer();
        for (var i = 0; i < 3; i++) {
            house.access.signIn(
                    "Olga Officer", "a guess of an attacker", "000000", origin("192.0.2.6" + i));
        }
        var before = house.entries(1).getFirst().index();

        for (var i = 0; i < 20; i++) {
            var answer = house.access.signIn("Olga Officer", PASSWORD, "000000", DESK);
            assertThat(refused(answer)).isEqualTo(Reason.THROTTLED);
        }

        assertThat(house.entries(1).getFirst().index()).isLessThanOrEqualTo(before + 2);
        house.clock.pass(Duration.ofMinutes(15));
        done(house.access.signIn("Olga Officer", PASSWORD, house.code(olga.secret()), DESK));
    }

    @Test
    void a_link_opens_while_account_and_source_must_wait_so_nobody_can_be_locked_out() {
        var officer = house.officer();
        var second =
                house.invited(
                        officer.session(),
                        "Second Officer",
                        Template.SECURITY_OFFICER,
                        NewPerson.CameraChoice.none());
        var link = house.linkAfterReset(second.session(), officer.id());
        for (var i = 0; i < 100; i++) {
            house.access.signIn("Olga Officer", "a guess of an attacker", "000000", DESK);
        }

        var again = house.enrol(link.token(), Optional.empty());

        assertThat(again.id()).isEqualTo(officer.id());
        assertThat(house.access.stands(officer.session())).isFalse();
    }

    @Test
    void an_operator_has_one_workstation_at_a_time() {
        var officer = house.officer();
        var otto =
                house.invited(
                        officer.session(),
                        "Otto Operator",
                        Template.OPERATOR,
                        house.only(house.lobby));
        var left = otto.signedIn();
        house.clock.pass(Duration.ofSeconds(30));

        var here = house.signedInAgain(otto, "Otto Operator");

        assertThat(house.access.stands(left.session())).isFalse();
        assertThat(house.access.stands(here)).isTrue();
        assertThat(house.access.whyEnded(left.token())).contains(Reason.SIGNED_IN_ELSEWHERE);
        assertThat(house.entries(1).getFirst().text())
                .isEqualTo("signed in at another workstation");
        assertThat(house.entries(1).getFirst().action()).isEqualTo("session.closed");
    }

    @Test
    void whoever_watches_nothing_may_be_signed_in_twice() {
        var officer = house.officer();
        house.clock.pass(Duration.ofSeconds(30));

        var again = house.signedInAgain(officer, "Olga Officer");

        assertThat(house.access.stands(officer.session())).isTrue();
        assertThat(house.access.stands(again)).isTrue();
        assertThat(house.access.whyEnded(officer.signedIn().token())).isEmpty();
    }

    @Test
    void an_officer_is_let_in_anew_by_whoever_has_the_machine_and_everybody_is_told_for_a_week() {
        var olga = house.officer();
        assertThat(house.access.officers()).containsExactly(AccessHouse.DEPUTY, "Olga Officer");
        assertThat(house.access.recoverOfficer("Nobody")).isEmpty();
        assertThat(house.access.officerRecoveredAt()).isEmpty();

        var link = house.access.recoverOfficer("Olga Officer").orElseThrow();

        assertThat(house.trail(1)).containsExactly("person.officer-recovered DONE");
        assertThat(house.access.stands(olga.session())).isFalse();
        house.clock.pass(Duration.ofSeconds(30));
        assertThat(
                        refused(
                                house.access.signIn(
                                        "Olga Officer", PASSWORD, house.code(olga.secret()), DESK)))
                .isEqualTo(Reason.BAD_CREDENTIALS);
        var again = house.enrol(link.token(), Optional.empty());
        assertThat(again.id()).isEqualTo(olga.id());
        house.restart();
        house.access.watchOnce();
        assertThat(house.access.officerRecoveredAt()).isPresent();
        house.clock.pass(Duration.ofDays(7));
        house.restart();
        house.access.watchOnce();
        assertThat(house.access.officerRecoveredAt()).isEmpty();
    }

    @Test
    void for_an_officer_who_was_let_in_anew_no_first_links_are_made() {
        var olga = house.lonelyOfficer();

        var _ = house.access.recoverOfficer("Olga Officer").orElseThrow();
        house.restart();

        assertThat(house.access.enrolled()).isTrue();
        assertThat(house.access.firstOfficerLinks()).isEmpty();
        house.clock.pass(Duration.ofHours(24));
        assertThat(house.access.firstOfficerLinks()).isEmpty();
        var link = house.access.recoverOfficer("Olga Officer").orElseThrow();
        assertThat(house.enrol(link.token(), Optional.empty()).id()).isEqualTo(olga.id());
    }

    @Test
    void an_invitation_is_good_for_24_hours() {
        var officer = house.officer().session();
        var wanted =
                new NewPerson("Otto Operator", "operator", NewPerson.CameraChoice.none(), "a test");
        var link = done(house.access.invite(officer, wanted)).link();

        house.clock.pass(Duration.ofHours(24).minusSeconds(1));
        done(house.access.lookAtEnrolment(link.token(), DESK));
        house.clock.pass(Duration.ofSeconds(1));

        assertThat(refused(house.access.lookAtEnrolment(link.token(), DESK)))
                .isEqualTo(Reason.LINK_NOT_GOOD);
    }

    @Test
    void whoever_enrols_proves_password_and_authenticator_first() {
        var officer = house.officer().session();
        var wanted =
                new NewPerson("Otto Operator", "operator", NewPerson.CameraChoice.none(), "a test");
        var link = done(house.access.invite(officer, wanted)).link();
        var shown = done(house.access.lookAtEnrolment(link.token(), DESK));
        var secret = Bytes.of(Base32.decode(shown.totpSecret()));

        var bad =
                house.access.acceptEnrolment(
                        link.token(), Optional.of("Otto the Great"), "short", "0", DESK);
        var again = done(house.access.lookAtEnrolment(link.token(), DESK));
        var good =
                house.access.acceptEnrolment(
                        link.token(), Optional.empty(), PASSWORD, house.code(secret), DESK);
        var twice =
                house.access.acceptEnrolment(
                        link.token(), Optional.empty(), PASSWORD, house.code(secret), DESK);

        assertThat(faults(bad))
                .containsExactly(
                        "name name.given", "password password.too-short", "code code.form");
        assertThat(again.totpSecret()).isEqualTo(shown.totpSecret());
        assertThat(done(good).session().name()).isEqualTo("Otto Operator");
        assertThat(refused(twice)).isEqualTo(Reason.LINK_NOT_GOOD);
    }

    @Test
    void a_session_ends_after_15_minutes_without_a_sign_of_life() {
        var token = house.officer().signedIn().token();
        house.clock.pass(Duration.ofMinutes(14));
        assertThat(house.access.session(token)).isPresent();
        house.clock.pass(Duration.ofMinutes(14));
        assertThat(house.access.sessionQuietly(token)).isPresent();

        house.clock.pass(Duration.ofMinutes(1));

        assertThat(house.access.session(token)).isEmpty();
    }

    @Test
    void a_session_ends_12_hours_after_signing_in_however_lively() {
        var token = house.officer().signedIn().token();

        for (var minutes = 0; minutes < 12 * 60; minutes += 10) {
            assertThat(house.access.session(token)).isPresent();
            house.clock.pass(Duration.ofMinutes(10));
        }

        assertThat(house.access.session(token)).isEmpty();
    }

    @Test
    void a_restart_signs_nobody_out_and_signing_out_outlives_it() {
        var officer = house.officer();
        house.restart();
        var after = house.access.session(officer.signedIn().token()).orElseThrow();
        assertThat(after.id()).isEqualTo(officer.session().id());

        house.access.signOut(after);
        house.restart();

        assertThat(house.access.session(officer.signedIn().token())).isEmpty();
        assertThat(house.trail(1)).containsExactly("session.closed DONE");
    }

    @Test
    void somebody_sees_where_they_are_signed_in_and_ends_what_they_do_not_know() {
        var olga = house.officer();
        house.clock.pass(Duration.ofSeconds(30));
        var elsewhere =
                done(
                        house.access.signIn(
                                "Olga Officer", PASSWORD, house.code(olga.secret()), HERE));
        house.clock.pass(Duration.ofSeconds(30));
        var third =
                done(
                        house.access.signIn(
                                "Olga Officer", PASSWORD, house.code(olga.secret()), DESK));
        var other =
                house.invited(
                        olga.session(), "Otto", Template.OPERATOR, NewPerson.CameraChoice.none());

        assertThat(done(house.access.ownSessions(olga.session())))
                .extracting(OwnSession::id, own -> own.origin().plainAddress(), OwnSession::isThis)
                .containsExactly(
                        tuple(olga.session().id(), "192.0.2.50", true),
                        tuple(elsewhere.session().id(), "127.0.0.1", false),
                        tuple(third.session().id(), "192.0.2.50", false));

        var strangers =
                done(
                        house.access.endOwnSessions(
                                olga.session(), Optional.of(other.session().id())));
        var one =
                done(
                        house.access.endOwnSessions(
                                olga.session(), Optional.of(elsewhere.session().id())));
        assertThat(strangers).isZero();
        assertThat(one).isEqualTo(1);
        assertThat(house.access.stands(elsewhere.session())).isFalse();
        assertThat(house.trail(1)).containsExactly("session.closed DONE");
        assertThat(done(house.access.endOwnSessions(olga.session(), Optional.empty())))
                .isEqualTo(1);
        assertThat(house.access.stands(third.session())).isFalse();
        assertThat(house.access.stands(olga.session())).isTrue();
        assertThat(house.access.stands(other.session())).isTrue();
    }

    @Test
    void a_demo_prints_one_link_per_role_good_once_and_on_the_recorder_only() {
        var links = house.access.demoLinks();
        assertThat(links)
                .extracting(DemoLink::who)
                .contains("operator", "security-officer", "second-officer")
                .hasSize(Template.values().length + 1);
        var link =
                links.stream()
                        .filter(one -> one.role() == Template.OPERATOR)
                        .findFirst()
                        .orElseThrow()
                        .link();

        var elsewhere = house.access.signInByLink(link.token(), DESK);
        var here = house.access.signInByLink(link.token(), HERE);
        var twice = house.access.signInByLink(link.token(), HERE);

        assertThat(refused(elsewhere)).isEqualTo(Reason.NOT_LOOPBACK);
        assertThat(house.access.roles(done(here).session()))
                .containsExactly(Template.OPERATOR.role());
        assertThat(refused(twice)).isEqualTo(Reason.LINK_NOT_GOOD);
        assertThat(house.access.enrolled()).isFalse();
    }

    @Test
    void without_the_database_nobody_signs_in_and_the_reason_is_told() {
        var olga = house.officer();
        house.clock.pass(Duration.ofSeconds(30));

        house.line.turnOff();

        var answer = house.access.signIn("Olga Officer", PASSWORD, house.code(olga.secret()), DESK);
        assertThat(refused(answer)).isEqualTo(Reason.DATABASE_UNAVAILABLE);
        assertThat(house.access.enrolled()).isTrue();
    }

    @Test
    void after_a_start_without_the_database_nobody_is_taken_for_signed_out() {
        var token = house.officer().signedIn().token();
        house.line.turnOff();
        house.restart();

        assertThatThrownBy(() -> house.access.session(token))
                .isInstanceOf(DatabaseAwayException.class);

        house.line.turnOn();
        assertThat(onceTheDatabaseAnswers(() -> house.access.session(token))).isPresent();
    }

    /// The pool may first hand out a connection that was cut a moment ago: that request is told so, and
    /// the next finds a new one.
    private static <T> T onceTheDatabaseAnswers(Supplier<T> request) {
        for (var attempt = 1; ; attempt++) {
            try {
                return request.get();
            } catch (DatabaseAwayException e) {
                assertThat(attempt).as("requests in vain").isLessThan(10);
            }
        }
    }

    @Test
    void without_the_log_nobody_signs_in() {
        var olga = house.officer();
        house.clock.pass(Duration.ofSeconds(30));

        house.audit.close();

        var answer = house.access.signIn("Olga Officer", PASSWORD, house.code(olga.secret()), DESK);
        assertThat(refused(answer)).isEqualTo(Reason.AUDIT_UNAVAILABLE);
    }
}
