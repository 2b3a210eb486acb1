package org.custodes.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.custodes.access.AccessHouse.DESK;
import static org.custodes.access.AccessHouse.assertion;
import static org.custodes.access.AccessHouse.done;
import static org.custodes.access.AccessHouse.faults;
import static org.custodes.access.AccessHouse.refused;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.custodes.access.AccessHouse.Somebody;
import org.custodes.access.Emergency.How;
import org.custodes.database.Database;
import org.custodes.house.DatabaseSwitch;
import org.custodes.media.CameraId;
import org.custodes.media.MediaClass;
import org.custodes.media.TimeRange;
import org.custodes.rights.Right;
import org.custodes.simulator.SoftPasskey;
import org.custodes.simulator.SoftPasskey.Algorithm;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Eve may watch the lobby in an emergency, and else nothing; Dana oversees.
class EmergenciesTest {
    private static final String REASON = "Smoke in the lobby, nobody else is here";
    private static final String NOTE = "The fire brigade was called, the reason holds";
    private static final NewPerson.CameraChoice ALL = new NewPerson.CameraChoice(true, List.of());

    @TempDir static Path cluster;

    private static Database database;

    @TempDir Path folder;

    private AccessHouse house;
    private Session officer;
    private Somebody eve;
    private SoftPasskey key;
    private SignedIn signedIn;
    private Somebody dana;

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
        eve = house.invited(officer, "Eve", Template.EMERGENCY, house.only(house.lobby));
        key = house.passkey(eve.session(), Algorithm.ES256, "a key");
        signedIn = byPasskey(key);
        dana = house.invited(officer, "Dana", Template.DATA_PROTECTION_OFFICER, ALL);
    }

    @AfterEach
    void close() {
        house.close();
    }

    private SignedIn byPasskey(SoftPasskey passkey) {
        var challenge = house.access.askPasskey(DESK).challenge();
        return done(house.access.signInByPasskey(assertion(passkey.signed(challenge)), DESK));
    }

    private Session session() {
        return signedIn.session();
    }

    private Answer<Emergency> take() {
        return take(session(), key);
    }

    private Answer<Emergency> take(Session session, SoftPasskey passkey) {
        return signed(session, passkey, REASON)
                .then(proof -> house.access.takeEmergency(session, REASON, proof, DESK));
    }

    private Answer<Confirmation> signed(Session session, SoftPasskey passkey, String reason) {
        return house.access
                .askEmergencyProof(session, reason, DESK)
                .map(asked ->
                        new Confirmation.Passkey(
                                assertion(passkey.signed(asked.passkey().challenge()))));
    }

    private LookDecision live(Session session, CameraId camera) {
        return house.access.openLook(
                session, camera, MediaClass.ORIGINAL, LookKind.LIVE, Optional.empty(), Why.UNSAID);
    }

    private LookDecision live(CameraId camera) {
        return live(session(), camera);
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

    /// Time passes, and Eve's browser gives signs of life meanwhile.
    private void pass(Duration time) {
        for (var left = time; left.isPositive(); left = left.minus(Duration.ofMinutes(10))) {
            var step = left.compareTo(Duration.ofMinutes(10)) < 0 ? left : Duration.ofMinutes(10);
            house.clock.pass(step);
            assertThat(house.access.session(signedIn.token())).isPresent();
        }
    }

    private UUID held() {
        return done(house.access.people(officer)).stream()
                .filter(person -> person.id().equals(eve.id()))
                .flatMap(person -> person.roles().stream())
                .map(Held::id)
                .findFirst()
                .orElseThrow();
    }

    private List<Emergency> seenBy(Session reviewer) {
        return done(house.access.emergencies(reviewer));
    }

    @Test
    void until_it_is_taken_it_gives_nothing_and_then_what_can_be_watched_on_its_cameras() {
        assertThat(refusal(live(house.lobby))).isEqualTo(Reason.RIGHT_MISSING);
        assertThat(house.access.known(session()).test(house.lobby)).isFalse();
        assertThat(house.access.rights(session()))
                .containsExactlyInAnyOrder(
                        Right.OWN_SESSION, Right.LIST_SITES, Right.TAKE_EMERGENCY);

        var taken = done(take());

        assertThat(taken.until()).isEqualTo(taken.takenAt().plus(Duration.ofMinutes(60)));
        assertThat(house.access.known(session()).test(house.lobby)).isTrue();
        assertThat(house.access.known(session()).test(house.dock)).isFalse();
        granted(live(house.lobby)).close();
        var now = house.clock.instant();
        granted(
                        house.access.openLook(
                                session(),
                                house.lobby,
                                MediaClass.ORIGINAL,
                                LookKind.PLAYBACK,
                                Optional.of(new TimeRange(now.minus(Duration.ofDays(3)), now)),
                                Why.UNSAID))
                .close();
        assertThat(refusal(live(house.dock))).isEqualTo(Reason.CAMERA_NOT_GIVEN);
        for (var right : Right.values()) {
            if (right.neverInEmergency() && right != Right.TAKE_EMERGENCY) {
                assertThat(house.access.refuses(session(), right, house.lobby))
                        .as(right.code())
                        .isPresent();
            }
        }
    }

    @Test
    void it_is_on_record_before_it_holds_and_whoever_shows_emergencies_is_told() {
        var told = new AtomicInteger();
        house.access.onEmergencies(told::incrementAndGet);

        var taken = done(take());

        var entry = house.entries(1).getFirst();
        assertThat(entry.action()).isEqualTo("emergency.taken");
        assertThat(entry.text()).isEqualTo("for 60 min, 1 cameras: " + REASON);
        assertThat(entry.decision()).isPresent();
        assertThat(told).hasValue(1);
        assertThat(house.access.standingEmergencies().running()).isEqualTo(1);
        assertThat(house.access.standingEmergencies().until()).contains(taken.until());
        granted(live(house.lobby)).close();
        assertThat(house.entries(2).getLast().text()).isEqualTo("live, in an emergency");
    }

    @Test
    void whoever_oversees_sees_who_took_it_why_and_what_was_looked_at_and_nobody_else_does() {
        done(take());
        granted(live(house.lobby)).close();
        granted(live(house.lobby)).close();

        for (var reviewer : List.of(dana.session(), officer)) {
            assertThat(seenBy(reviewer))
                    .singleElement()
                    .satisfies(one -> {
                        assertThat(one.name()).isEqualTo("Eve");
                        assertThat(one.reason()).isEqualTo(REASON);
                        assertThat(one.looked())
                                .containsExactly(new Emergency.Looked(house.lobby, 2));
                        assertThat(one.ended()).isEmpty();
                        assertThat(one.mayReview()).isFalse();
                    });
        }
        assertThat(refused(house.access.emergencies(session()))).isEqualTo(Reason.RIGHT_MISSING);
        assertThat(done(house.access.ownEmergency(session())).running()).isPresent();
    }

    @Test
    void nothing_but_a_passkey_takes_it_in_a_session_that_one_has_opened() {
        var without = house.invited(officer, "Emil", Template.EMERGENCY, ALL).session();
        assertThat(refused(house.access.askEmergencyProof(without, REASON, DESK)))
                .isEqualTo(Reason.PASSKEY_NEEDED);
        assertThat(done(house.access.ownEmergency(without)).hasPasskey()).isFalse();

        assertThat(refused(house.access.askEmergencyProof(eve.session(), REASON, DESK)))
                .isEqualTo(Reason.ASSURANCE_TOO_LOW);

        house.clock.pass(Duration.ofSeconds(30));
        var code = new Confirmation.Code(house.code(eve.secret()));
        assertThat(refused(house.access.takeEmergency(session(), REASON, code, DESK)))
                .isEqualTo(Reason.PASSKEY_NEEDED);
        var nothing = new Confirmation.Nothing();
        assertThat(refused(house.access.takeEmergency(session(), REASON, nothing, DESK)))
                .isEqualTo(Reason.PASSKEY_NEEDED);
        assertThat(done(house.access.askEmergencyProof(session(), REASON, DESK)).ways())
                .containsExactly(ProofAsk.Way.PASSKEY);
        assertThat(house.trail(1)).containsExactly("act.refused REFUSED");

        done(take());
        assertThat(refusal(live(eve.session(), house.lobby))).isEqualTo(Reason.ASSURANCE_TOO_LOW);
    }

    @Test
    void a_proof_is_good_for_this_reason_in_this_session_and_once() {
        var other = byPasskey(key).session();
        var forAnother = done(signed(session(), key, "Somebody is lying on the floor"));
        var elsewhere = done(signed(other, key, REASON));
        var again =
                done(house.access.askProof(session(), DESK).map(asked -> asked.passkey()))
                        .challenge();
        var forNothing = new Confirmation.Passkey(assertion(key.signed(again)));
        var good = done(signed(session(), key, REASON));

        for (var proof : List.of(forAnother, elsewhere, forNothing)) {
            assertThat(refused(house.access.takeEmergency(session(), REASON, proof, DESK)))
                    .isEqualTo(Reason.NOT_PROVED);
        }
        done(house.access.takeEmergency(session(), REASON, good, DESK));
        done(house.access.endEmergency(session()));
        assertThat(refused(house.access.takeEmergency(session(), REASON, good, DESK)))
                .isEqualTo(Reason.NOT_PROVED);
    }

    @Test
    void a_word_is_no_reason() {
        assertThat(faults(house.access.askEmergencyProof(session(), "", DESK)))
                .containsExactly("reason form.required");
        assertThat(faults(house.access.askEmergencyProof(session(), "fire", DESK)))
                .containsExactly("reason form.too-short");
        assertThat(faults(house.access.askEmergencyProof(session(), "x".repeat(501), DESK)))
                .containsExactly("reason form.too-long");
    }

    @Test
    void after_an_hour_it_is_over_and_so_is_what_it_let_see() {
        done(take());
        var grant = granted(live(house.lobby));

        pass(Duration.ofMinutes(60).minusSeconds(1));
        house.access.watchOnce();
        assertThat(grant.ended()).isFalse();
        pass(Duration.ofSeconds(1));
        house.access.watchOnce();

        assertThat(grant.endedBy()).contains(Reason.EMERGENCY_OVER);
        assertThat(refusal(live(house.lobby))).isEqualTo(Reason.RIGHT_MISSING);
        assertThat(house.entries(10))
                .anySatisfy(entry -> {
                    assertThat(entry.action()).isEqualTo("emergency.ended");
                    assertThat(entry.text()).isEqualTo("its time is over");
                    assertThat(entry.actor().isSystem()).isTrue();
                });
        var over = seenBy(house.signedInAgain(dana, "Dana")).getFirst();
        assertThat(over.ended()).contains(new Emergency.End(over.until(), How.TIME));
        assertThat(over.mayReview()).isTrue();
        assertThat(house.access.standingEmergencies().running()).isZero();
    }

    @Test
    void whoever_took_it_ends_it_before_its_time() {
        done(take());
        var grant = granted(live(house.lobby));
        house.clock.pass(Duration.ofMinutes(5));

        var ended = done(house.access.endEmergency(session()));

        assertThat(grant.endedBy()).contains(Reason.EMERGENCY_OVER);
        assertThat(ended.ended()).contains(new Emergency.End(house.clock.instant(), How.PERSON));
        assertThat(refusal(live(house.lobby))).isEqualTo(Reason.RIGHT_MISSING);
        assertThat(refused(house.access.endEmergency(session()))).isEqualTo(Reason.EMERGENCY_OVER);
        done(take());
        assertThat(seenBy(officer)).hasSize(2);
    }

    @Test
    void to_take_the_role_back_ends_it_at_once() {
        done(take());
        var grant = granted(live(house.lobby));

        done(house.access.endRole(officer, eve.id(), held()));

        assertThat(grant.endedBy()).contains(Reason.EMERGENCY_OVER);
        house.access.watchOnce();
        assertThat(seenBy(officer).getFirst().ended().map(Emergency.End::how))
                .contains(How.TAKEN_BACK);
    }

    @Test
    void to_take_cameras_away_narrows_what_runs() {
        done(take());
        var grant = granted(live(house.lobby));

        done(house.access.changeCameras(officer, eve.id(), held(), NewPerson.CameraChoice.none()));
        house.access.watchOnce();

        assertThat(grant.endedBy()).contains(Reason.EMERGENCY_OVER);
        assertThat(refusal(live(house.lobby))).isEqualTo(Reason.CAMERA_NOT_GIVEN);
        assertThat(done(house.access.ownEmergency(session())).running()).isPresent();
    }

    @Test
    void only_what_nothing_else_shows_is_looked_at_in_an_emergency() {
        var otto = house.invited(officer, "Otto", Template.OPERATOR, house.only(house.lobby));
        done(
                house.access.giveRole(
                        officer,
                        otto.id(),
                        new NewPerson.RoleGift("emergency", ALL, Optional.empty(), "a test")));
        var ottos = house.passkey(otto.session(), Algorithm.ES256, "a key");
        var session = byPasskey(ottos).session();
        done(take(session, ottos));

        var own = granted(live(session, house.lobby));
        var taken = granted(live(session, house.dock));

        assertThat(house.entries(2))
                .extracting(entry -> entry.text())
                .containsExactly("live, in an emergency", "live");
        assertThat(seenBy(officer).getFirst().looked())
                .containsExactly(new Emergency.Looked(house.dock, 1));
        done(house.access.endEmergency(session));
        assertThat(own.ended()).isFalse();
        assertThat(taken.endedBy()).contains(Reason.EMERGENCY_OVER);
        own.close();
    }

    @Test
    void it_is_taken_once_at_a_time_even_by_many_at_once()
            throws InterruptedException, ExecutionException {
        var proofs =
                IntStream.range(0, 6).mapToObj(_ -> done(signed(session(), key, REASON))).toList();
        var answers = new ArrayList<Answer<Emergency>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var tasks =
                    proofs.stream()
                            .<Callable<Answer<Emergency>>>map(proof ->
                                    () ->
                                            house.access.takeEmergency(
                                                    session(), REASON, proof, DESK))
                            .toList();
            for (var future : threads.invokeAll(tasks)) {
                answers.add(future.get());
            }
        }

        assertThat(answers).filteredOn(Answer.Done.class::isInstance).hasSize(1);
        assertThat(answers)
                .filteredOn(Answer.Refused.class::isInstance)
                .hasSize(5)
                .containsOnly(new Answer.Refused<>(Reason.EMERGENCY_RUNS));
    }

    @Test
    void what_is_over_is_reviewed_once_in_words_that_whoever_oversees_reads() {
        var id = done(take()).id();
        assertThat(faults(house.access.reviewEmergency(dana.session(), id, NOTE)))
                .containsExactly("note emergency.runs");
        done(house.access.endEmergency(session()));

        assertThat(faults(house.access.reviewEmergency(dana.session(), id, "ok")))
                .containsExactly("note form.too-short");
        var reviewed = done(house.access.reviewEmergency(dana.session(), id, NOTE));

        assertThat(reviewed.review())
                .hasValueSatisfying(said -> {
                    assertThat(said.name()).isEqualTo("Dana");
                    assertThat(said.note()).isEqualTo(NOTE);
                });
        assertThat(reviewed.mayReview()).isFalse();
        var entry = house.entries(1).getFirst();
        assertThat(entry.action()).isEqualTo("emergency.reviewed");
        assertThat(entry.text()).endsWith(": " + NOTE);
        assertThat(seenBy(officer).getFirst().review()).isPresent();
        assertThat(refused(house.access.reviewEmergency(officer, id, NOTE)))
                .isEqualTo(Reason.EMERGENCY_REVIEWED);
        assertThat(refused(house.access.reviewEmergency(officer, UUID.randomUUID(), NOTE)))
                .isEqualTo(Reason.EMERGENCY_UNKNOWN);
        var otto = house.invited(officer, "Otto", Template.OPERATOR, ALL).session();
        assertThat(refused(house.access.reviewEmergency(otto, id, NOTE)))
                .isEqualTo(Reason.RIGHT_MISSING);
    }

    @Test
    void what_nobody_reviews_within_72_hours_locks_it_until_somebody_does() {
        var id = done(take()).id();
        done(house.access.endEmergency(session()));
        house.clock.pass(Duration.ofDays(3).minusSeconds(1));
        signedIn = byPasskey(key);
        assertThat(done(house.access.ownEmergency(session())).locked()).isFalse();
        assertThat(signed(session(), key, REASON)).isInstanceOf(Answer.Done.class);

        house.clock.pass(Duration.ofSeconds(1));

        assertThat(refused(take())).isEqualTo(Reason.EMERGENCY_LOCKED);
        assertThat(done(house.access.ownEmergency(session())).locked()).isTrue();
        house.restart();
        house.access.watchOnce();
        assertThat(house.access.standingEmergencies().unreviewed()).isEqualTo(1);
        signedIn = byPasskey(key);
        assertThat(refused(take())).isEqualTo(Reason.EMERGENCY_LOCKED);
        var reviewer = house.signedInAgain(dana, "Dana");
        done(house.access.reviewEmergency(reviewer, id, NOTE));
        assertThat(house.access.standingEmergencies().unreviewed()).isZero();
        done(take());
    }

    @Test
    void a_second_and_a_third_may_follow_and_then_somebody_reviews_one_first() {
        var first = done(take()).id();
        done(house.access.endEmergency(session()));
        done(take());
        done(house.access.endEmergency(session()));
        assertThat(done(house.access.ownEmergency(session())).locked()).isFalse();
        done(take());
        done(house.access.endEmergency(session()));

        assertThat(refused(take())).isEqualTo(Reason.EMERGENCY_LOCKED);
        assertThat(done(house.access.ownEmergency(session())).locked()).isTrue();

        done(house.access.reviewEmergency(dana.session(), first, NOTE));
        assertThat(done(house.access.ownEmergency(session())).locked()).isFalse();
        done(take());
    }

    @Test
    void what_somebody_took_locks_nobody_else() {
        for (var round = 0; round < 3; round++) {
            done(take());
            done(house.access.endEmergency(session()));
        }
        var emil = house.invited(officer, "Emil", Template.EMERGENCY, ALL);
        var another = house.passkey(emil.session(), Algorithm.ES256, "a key");

        assertThat(refused(take())).isEqualTo(Reason.EMERGENCY_LOCKED);
        done(take(byPasskey(another).session(), another));
    }

    @Test
    void nobody_reviews_what_they_took_themselves() {
        var id = done(take()).id();
        done(house.access.endRole(officer, eve.id(), held()));
        house.access.watchOnce();
        done(
                house.access.giveRole(
                        officer,
                        eve.id(),
                        new NewPerson.RoleGift("auditor", ALL, Optional.empty(), "a test")));

        assertThat(seenBy(session())).singleElement().matches(one -> !one.mayReview());
        assertThat(refused(house.access.reviewEmergency(session(), id, NOTE)))
                .isEqualTo(Reason.OWN_AFFAIR);
        done(house.access.reviewEmergency(officer, id, NOTE));
    }

    @Test
    void whoever_does_not_watch_is_not_given_it() {
        var gift = new NewPerson.RoleGift("emergency", ALL, Optional.empty(), "a test");

        for (var template :
                List.of(
                        Template.DATA_PROTECTION_OFFICER,
                        Template.AUDITOR,
                        Template.SECURITY_OFFICER,
                        Template.SYSTEM_ADMINISTRATOR)) {
            var person = house.invited(officer, template.code(), template, ALL);
            assertThat(faults(house.access.giveRole(officer, person.id(), gift)))
                    .as(template.code())
                    .containsExactly("role role.clash");
        }
        for (var template : List.of(Template.SUPERVISOR, Template.INVESTIGATOR)) {
            var person = house.invited(officer, template.code(), template, ALL);
            done(house.access.giveRole(officer, person.id(), gift));
        }
    }

    @Test
    void to_give_it_needs_a_second_officer_and_no_role_can_be_made_of_it() {
        house.agreeing = false;
        var invitation =
                done(
                        house.access.invite(
                                officer, new NewPerson("Emil", "emergency", ALL, "a test")));
        assertThat(invitation.person().roles()).isEmpty();
        assertThat(invitation.person().waiting())
                .extracting(Waiting::role)
                .containsExactly(Template.EMERGENCY.id());

        var made =
                new NewRole(
                        "Emergency taken",
                        "emergency",
                        Optional.empty(),
                        false,
                        List.of(),
                        List.of(),
                        false);
        assertThat(faults(house.access.addRole(officer, made)))
                .containsExactly("template form.choice");
        var named =
                new NewRole(
                        "Emergency taken",
                        "operator",
                        Optional.of(1),
                        false,
                        List.of(),
                        List.of(),
                        false);
        assertThat(done(house.access.addRole(officer, named)).id().code())
                .isEqualTo("emergency-taken-2");
    }

    @Test
    void nothing_is_taken_or_reviewed_without_the_log_but_what_was_taken_can_be_ended() {
        var id = done(take()).id();
        done(house.access.endEmergency(session()));
        done(take());
        var grant = granted(live(house.lobby));

        house.audit.close();

        assertThat(refused(house.access.reviewEmergency(officer, id, NOTE)))
                .isEqualTo(Reason.AUDIT_UNAVAILABLE);
        done(house.access.endEmergency(session()));
        assertThat(grant.endedBy()).contains(Reason.EMERGENCY_OVER);
        assertThat(refused(take())).isEqualTo(Reason.AUDIT_UNAVAILABLE);
        assertThat(refusal(live(house.lobby))).isEqualTo(Reason.AUDIT_UNAVAILABLE);
    }

    @Test
    void it_goes_on_after_a_restart() {
        done(take());

        house.restart();

        var session = house.access.session(signedIn.token()).orElseThrow();
        granted(live(session, house.lobby)).close();
        house.access.watchOnce();
        assertThat(house.access.standingEmergencies().running()).isEqualTo(1);
    }

    @Test
    void what_somebody_wrote_goes_with_them_and_that_they_took_it_stays() {
        done(take());
        done(house.access.removePerson(officer, eve.id()));
        house.access.watchOnce();

        assertThat(seenBy(officer))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.reason()).isEmpty();
                    assertThat(one.ended().map(Emergency.End::how)).contains(How.TAKEN_BACK);
                    assertThat(one.mayReview()).isTrue();
                });
    }
}
