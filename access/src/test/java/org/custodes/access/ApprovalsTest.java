package org.custodes.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.custodes.access.AccessHouse.done;
import static org.custodes.access.AccessHouse.faults;
import static org.custodes.access.AccessHouse.refused;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.custodes.access.AccessHouse.Somebody;
import org.custodes.access.ApprovalRequest.State;
import org.custodes.database.Database;
import org.custodes.house.DatabaseSwitch;
import org.custodes.media.CameraId;
import org.custodes.media.MediaClass;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Otto may look four hours back, and asks for more; Susi may say yes.
class ApprovalsTest {
    private static final Why WHY = new Why(Optional.of("incident"), Optional.of("2026-117"));
    private static final NewPerson.CameraChoice ALL = new NewPerson.CameraChoice(true, List.of());

    @TempDir static Path cluster;

    private static Database database;

    @TempDir Path folder;

    private AccessHouse house;
    private Session officer;
    private Somebody otto;
    private Somebody susi;
    private Instant from;
    private Instant to;

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
        otto = having("Otto", "operator", house.only(house.lobby));
        susi = having("Susi", "supervisor", ALL);
        house.passkey(susi);
        from = house.clock.instant().minus(Duration.ofHours(30));
        to = from.plus(Duration.ofMinutes(20));
    }

    @AfterEach
    void close() {
        house.close();
    }

    /// Somebody with a role that shows four hours.
    private Somebody having(String name, String template, NewPerson.CameraChoice cameras) {
        var wanted =
                new NewRole(
                        name + "s role",
                        template,
                        Optional.of(4),
                        false,
                        List.of(),
                        List.of(),
                        false);
        var role = done(house.access.addRole(officer, wanted)).id().code();
        var invitation =
                done(house.access.invite(officer, new NewPerson(name, role, cameras, "a test")));
        return house.enrol(invitation.link().token(), Optional.empty());
    }

    private NewApproval wanted(CameraId camera) {
        return NewApproval.look(camera.toString(), from, to, WHY, "A bicycle was taken");
    }

    private ApprovalRequest asked() {
        return done(house.access.askApproval(otto.session(), wanted(house.lobby)));
    }

    private ApprovalRequest approved() {
        return done(house.yes(susi.session(), asked().id()));
    }

    private LookDecision look(Session session, CameraId camera, ApprovalRequest approval) {
        return house.access.openApprovedLook(session, camera, MediaClass.ORIGINAL, approval.id());
    }

    private static Grant granted(LookDecision decision) {
        if (decision instanceof LookDecision.Granted(var grant)) {
            return grant;
        }
        throw new AssertionError("Not granted: " + decision);
    }

    private static Reason refusal(LookDecision decision) {
        if (decision instanceof LookDecision.Refused(var reason)) {
            return reason;
        }
        throw new AssertionError("Not refused: " + decision);
    }

    private List<ApprovalRequest> seenBy(Somebody person) {
        return done(house.access.approvals(person.session()));
    }

    @Test
    void what_is_asked_reaches_whoever_may_answer_and_nobody_else() {
        var colleague = having("Olli", "operator", ALL);
        var told = new AtomicInteger();
        house.access.onApprovals(told::incrementAndGet);

        var asked = asked();

        assertThat(told).hasValue(1);
        assertThat(seenBy(susi))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.id()).isEqualTo(asked.id());
                    assertThat(one.name()).isEqualTo("Otto");
                    assertThat(one.reason()).isEqualTo("A bicycle was taken");
                    assertThat(one.why()).isEqualTo(WHY);
                    assertThat(one.state()).isEqualTo(State.WAITING);
                    assertThat(one.mayAnswer()).isTrue();
                    assertThat(one.own()).isFalse();
                });
        assertThat(seenBy(otto))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.own()).isTrue();
                    assertThat(one.mayAnswer()).isFalse();
                });
        assertThat(seenBy(colleague)).isEmpty();
        var entry = house.entries(1).getFirst();
        assertThat(entry.action()).isEqualTo("approval.asked");
        assertThat(entry.decision()).isPresent();
    }

    @Test
    void a_yes_shows_exactly_what_was_asked_and_is_on_record() {
        var approved = approved();

        assertThat(approved.state()).isEqualTo(State.APPROVED);
        assertThat(house.trail(1)).containsExactly("approval.given DONE");
        try (var grant = granted(look(otto.session(), house.lobby, approved))) {
            assertThat(grant.from()).isEqualTo(from);
            assertThat(grant.until()).isEqualTo(to);
            assertThat(grant.kind()).isEqualTo(LookKind.PLAYBACK);
            assertThat(house.entries(1).getFirst().text())
                    .isEqualTo("%s to %s, approved".formatted(from, to));
        }
        assertThat(seenBy(otto).getFirst().state()).isEqualTo(State.USED);
    }

    @Test
    void a_yes_is_used_once_even_by_many_at_once() throws InterruptedException {
        var approved = approved();
        var grants = new AtomicInteger();
        var over = new AtomicInteger();
        var ready = new CountDownLatch(1);
        var threads =
                IntStream.range(0, 6)
                        .mapToObj(_ ->
                                Thread.startVirtualThread(() -> {
                                    awaitQuietly(ready);
                                    switch (look(otto.session(), house.lobby, approved)) {
                                        case LookDecision.Granted(var grant) -> {
                                            grants.incrementAndGet();
                                            grant.close();
                                        }
                                        case LookDecision.Refused(var reason) -> {
                                            if (reason == Reason.APPROVAL_OVER) {
                                                over.incrementAndGet();
                                            }
                                        }
                                    }
                                }))
                        .toList();
        ready.countDown();
        for (var thread : threads) {
            thread.join();
        }

        assertThat(grants).hasValue(1);
        assertThat(over).hasValue(5);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_yes_is_nothing_to_another_person_on_another_camera_or_before_it_is_said() {
        var colleague = having("Olli", "operator", ALL);
        var waiting = asked();

        assertThat(refusal(look(otto.session(), house.lobby, waiting)))
                .isEqualTo(Reason.APPROVAL_OVER);
        var approved = done(house.yes(susi.session(), waiting.id()));
        assertThat(refusal(look(colleague.session(), house.lobby, approved)))
                .isEqualTo(Reason.APPROVAL_UNKNOWN);
        assertThat(refusal(look(otto.session(), house.dock, approved)))
                .isEqualTo(Reason.APPROVAL_UNKNOWN);
        granted(look(otto.session(), house.lobby, approved)).close();
    }

    @Test
    void a_yes_is_good_for_ten_minutes_and_what_began_in_time_goes_on() {
        var late = approved();
        var inTime = approved();
        var grant = granted(look(otto.session(), house.lobby, inTime));

        house.clock.pass(Duration.ofMinutes(10));
        house.access.watchOnce();

        assertThat(refusal(look(otto.session(), house.lobby, late)))
                .isEqualTo(Reason.APPROVAL_OVER);
        assertThat(grant.ended()).isFalse();
        assertThat(grant.from()).isEqualTo(from);
        grant.close();
    }

    @Test
    void an_approved_look_ends_with_the_role_that_it_was_asked_by() {
        var grant = granted(look(otto.session(), house.lobby, approved()));

        done(
                house.access.endRole(
                        officer,
                        otto.id(),
                        done(house.access.people(officer)).stream()
                                .filter(person -> person.id().equals(otto.id()))
                                .findFirst()
                                .orElseThrow()
                                .roles()
                                .getFirst()
                                .id()));

        assertThat(grant.endedBy()).contains(Reason.RIGHT_MISSING);
    }

    @Test
    void nobody_answers_what_they_asked_themselves_or_may_not_answer() {
        var colleague = having("Olli", "operator", ALL);
        var own = done(house.access.askApproval(susi.session(), wanted(house.dock)));
        var of = asked();

        assertThat(refused(house.yes(susi.session(), own.id()))).isEqualTo(Reason.OWN_AFFAIR);
        assertThat(refused(house.yes(colleague.session(), of.id())))
                .isEqualTo(Reason.APPROVAL_UNKNOWN);
        assertThat(refused(house.yes(officer, of.id()))).isEqualTo(Reason.APPROVAL_UNKNOWN);
        assertThat(refused(house.yes(susi.session(), UUID.randomUUID())))
                .isEqualTo(Reason.APPROVAL_UNKNOWN);
        assertThat(seenBy(otto).getFirst().state()).isEqualTo(State.WAITING);
    }

    @Test
    void a_no_is_a_no_and_an_answer_stands() {
        var asked = asked();

        var answered = done(house.access.deny(susi.session(), asked.id()));

        assertThat(answered.state()).isEqualTo(State.REFUSED);
        assertThat(house.trail(1)).containsExactly("approval.denied DONE");
        assertThat(refused(house.yes(susi.session(), asked.id()))).isEqualTo(Reason.APPROVAL_OVER);
        assertThat(refusal(look(otto.session(), house.lobby, asked)))
                .isEqualTo(Reason.APPROVAL_OVER);
        assertThat(seenBy(susi)).extracting(ApprovalRequest::id).containsExactly(asked.id());
    }

    @Test
    void whoever_asked_may_take_it_back_and_nobody_else() {
        var asked = asked();

        assertThat(refused(house.access.withdrawApproval(susi.session(), asked.id())))
                .isEqualTo(Reason.APPROVAL_UNKNOWN);
        done(house.access.withdrawApproval(otto.session(), asked.id()));

        assertThat(seenBy(otto).getFirst().state()).isEqualTo(State.WITHDRAWN);
        assertThat(refused(house.yes(susi.session(), asked.id()))).isEqualTo(Reason.APPROVAL_OVER);
        assertThat(refused(house.access.withdrawApproval(otto.session(), asked.id())))
                .isEqualTo(Reason.APPROVAL_OVER);
    }

    @Test
    void what_nobody_answers_within_an_hour_is_over() {
        var asked = asked();

        house.clock.pass(Duration.ofHours(1));
        var supervisor = house.signedInAgain(susi, "Susi");

        assertThat(refused(house.yes(supervisor, asked.id()))).isEqualTo(Reason.APPROVAL_OVER);
        assertThat(done(house.access.approvals(supervisor))).isEmpty();
    }

    @Test
    void a_yes_outlives_a_restart() {
        var approved = approved();

        house.restart();

        var session = house.access.session(otto.signedIn().token()).orElseThrow();
        granted(look(session, house.lobby, approved)).close();
    }

    @Test
    void what_needs_no_yes_and_what_none_would_help_is_not_asked() {
        var now = house.clock.instant();
        var young =
                NewApproval.look(
                        house.lobby.toString(),
                        now.minus(Duration.ofHours(1)),
                        now,
                        WHY,
                        "Just so");

        assertThat(faults(house.access.askApproval(otto.session(), young)))
                .containsExactly("from approval.needless");
        assertThat(refused(house.access.askApproval(otto.session(), wanted(house.dock))))
                .isEqualTo(Reason.CAMERA_NOT_GIVEN);
        assertThat(refused(house.access.askApproval(officer, wanted(house.lobby))))
                .isEqualTo(Reason.RIGHT_MISSING);
        assertThat(
                        refused(
                                house.access.askApproval(
                                        otto.session(), wanted(new CameraId(UUID.randomUUID())))))
                .isEqualTo(Reason.CAMERA_UNKNOWN);
        assertThat(seenBy(susi)).isEmpty();
    }

    @Test
    void what_is_asked_wrongly_is_told_at_once_and_on_record() {
        var now = house.clock.instant();
        var backwards = NewApproval.look(house.lobby.toString(), to, from, WHY, "");
        var future =
                NewApproval.look(house.lobby.toString(), from, now.plusSeconds(1), WHY, "Why not");
        var days =
                NewApproval.look(
                        house.lobby.toString(),
                        now.minus(Duration.ofDays(3)),
                        now.minus(Duration.ofDays(1)),
                        WHY,
                        "Why not");
        var absurd =
                NewApproval.look(
                        house.lobby.toString(), Instant.MIN, Instant.MAX, WHY, "x".repeat(9_000));

        assertThat(faults(house.access.askApproval(otto.session(), backwards)))
                .containsExactly("reason form.required", "to approval.interval");
        assertThat(house.trail(1)).containsExactly("act.refused REFUSED");
        assertThat(faults(house.access.askApproval(otto.session(), future)))
                .containsExactly("to approval.interval");
        assertThat(faults(house.access.askApproval(otto.session(), days)))
                .containsExactly("to approval.too-long");
        assertThat(faults(house.access.askApproval(otto.session(), absurd)))
                .containsExactly("reason form.too-long", "to approval.interval");
    }

    @Test
    void nobody_lets_more_than_twenty_requests_wait() {
        for (var i = 0; i < 20; i++) {
            asked();
        }

        assertThat(faults(house.access.askApproval(otto.session(), wanted(house.lobby))))
                .containsExactly("reason approval.too-many");
    }

    @Test
    void a_role_that_asks_for_a_case_asks_for_it_here_too() {
        var wanted =
                new NewRole(
                        "Cases",
                        "investigator",
                        Optional.of(4),
                        false,
                        List.of(),
                        List.of(),
                        false);
        var role = done(house.access.addRole(officer, wanted));
        assertThat(role.limits().needsCase()).isTrue();
        var invitation =
                done(
                        house.access.invite(
                                officer, new NewPerson("Ida", role.id().code(), ALL, "a test")));
        var ida = house.enrol(invitation.link().token(), Optional.empty()).session();
        var unsaid = NewApproval.look(house.lobby.toString(), from, to, Why.UNSAID, "Found later");

        assertThat(refused(house.access.askApproval(ida, unsaid))).isEqualTo(Reason.CASE_NEEDED);
        done(house.access.askApproval(ida, wanted(house.lobby)));
    }

    @Test
    void nothing_is_asked_or_answered_without_the_log() {
        var asked = asked();
        house.audit.close();

        assertThat(refused(house.access.askApproval(otto.session(), wanted(house.lobby))))
                .isEqualTo(Reason.AUDIT_UNAVAILABLE);
        assertThat(refused(house.yes(susi.session(), asked.id())))
                .isEqualTo(Reason.AUDIT_UNAVAILABLE);
        assertThat(seenBy(susi).getFirst().state()).isEqualTo(State.WAITING);
    }

    @Test
    void what_somebody_wrote_goes_with_them() {
        asked();
        done(house.access.removePerson(officer, otto.id()));

        assertThat(seenBy(susi))
                .singleElement()
                .satisfies(one -> assertThat(one.reason()).isEmpty());
    }
}
