package org.custodes.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.custodes.access.AccessHouse.done;
import static org.custodes.access.AccessHouse.faults;
import static org.custodes.access.AccessHouse.refused;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.custodes.access.AccessHouse.Somebody;
import org.custodes.database.Database;
import org.custodes.house.DatabaseSwitch;
import org.custodes.media.CameraId;
import org.custodes.media.MediaClass;
import org.custodes.media.TimeRange;
import org.custodes.register.Fault;
import org.custodes.rights.Right;
import org.custodes.vault.CannotOpenException;
import org.custodes.vault.FrameStamp;
import org.custodes.vault.PackBinding;
import org.custodes.vault.RecordHeader;
import org.custodes.vault.Sealed;
import org.custodes.vault.TreeId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LooksTest {
    private static final byte[] PICTURE = "a picture".getBytes(StandardCharsets.US_ASCII);

    @TempDir static Path cluster;

    private static Database database;

    @TempDir Path folder;

    private AccessHouse house;
    private Somebody olga;
    private Session officer;
    private Somebody operator;

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
        olga = house.officer();
        officer = olga.session();
        operator = house.invited(officer, "Otto", Template.OPERATOR, house.only(house.lobby));
    }

    @AfterEach
    void close() {
        house.close();
    }

    private LookDecision live(Session session, CameraId camera) {
        return house.access.openLook(
                session, camera, MediaClass.ORIGINAL, LookKind.LIVE, Optional.empty(), Why.UNSAID);
    }

    private LookDecision playback(Session session, Instant from, Instant to) {
        return house.access.openLook(
                session,
                house.lobby,
                MediaClass.ORIGINAL,
                LookKind.PLAYBACK,
                Optional.of(new TimeRange(from, to)),
                new Why(Optional.of("incident"), Optional.of("2026-117")));
    }

    private static Grant granted(LookDecision decision) {
        if (decision instanceof LookDecision.Granted(var grant)) {
            return grant;
        }
        throw new AssertionError("Not granted: " + decision);
    }

    /// The database comes back within seconds, and with it everything else.
    private Grant grantedInTheEnd(Session session, CameraId camera) {
        var deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (System.nanoTime() < deadline) {
            if (live(session, camera) instanceof LookDecision.Granted(var grant)) {
                return grant;
            }
            LockSupport.parkNanos(10_000_000);
        }
        throw new AssertionError("No look was granted within 30 s");
    }

    private static Reason refusedLook(LookDecision decision) {
        if (decision instanceof LookDecision.Refused(var reason)) {
            return reason;
        }
        throw new AssertionError("Not refused: " + decision);
    }

    private Sealed picture(CameraId camera, Instant at) {
        var tree =
                new TreeId(
                        camera.value(),
                        MediaClass.ORIGINAL.number(),
                        at.atZone(ZoneOffset.UTC).toLocalDate(),
                        0);
        house.vault.prepare(List.of(tree));
        var sealer =
                house.vault.sealer(new PackBinding(UUID.randomUUID(), tree, new byte[] {1}), 0);
        return sealer.seal(
                new FrameStamp(at.toEpochMilli() * 1_000, 0, RecordHeader.UNTOLD, true, false),
                PICTURE);
    }

    @Test
    void a_look_is_on_record_before_it_opens_anything() {
        var grant = granted(live(operator.session(), house.lobby));

        var entry = house.entries(1).getFirst();
        assertThat(entry.action()).isEqualTo("look.live-opened");
        assertThat(entry.object()).isEqualTo("camera/" + house.lobby);
        assertThat(entry.actor().name()).isEqualTo("Otto");
        assertThat(grant.open(picture(house.lobby, house.clock.instant()))).isEqualTo(PICTURE);
    }

    @Test
    void a_look_opens_its_camera_and_nothing_else() {
        var grant = granted(live(operator.session(), house.lobby));
        var now = house.clock.instant();

        assertThat(grant.open(picture(house.lobby, now.minusSeconds(59)))).isEqualTo(PICTURE);
        assertThatThrownBy(() -> grant.open(picture(house.dock, now)))
                .isInstanceOf(CannotOpenException.class);
        assertThatThrownBy(() -> grant.open(picture(house.lobby, now.minusSeconds(120))))
                .isInstanceOf(CannotOpenException.class);
        assertThatThrownBy(() ->
                        grant.open(
                                picture(house.lobby, operator.session().endsAt().plusSeconds(60))))
                .isInstanceOf(CannotOpenException.class);
    }

    @Test
    void a_look_back_opens_its_interval_and_the_minute_before_it() {
        var from = house.clock.instant().minusSeconds(600);
        var grant = granted(playback(operator.session(), from, from.plusSeconds(60)));

        assertThat(grant.open(picture(house.lobby, from.minusSeconds(60)))).isEqualTo(PICTURE);
        assertThat(grant.open(picture(house.lobby, from.plusSeconds(59)))).isEqualTo(PICTURE);
        assertThatThrownBy(() -> grant.open(picture(house.lobby, from.plusSeconds(75))))
                .isInstanceOf(CannotOpenException.class);
        assertThat(grant.asked()).isEqualTo(new TimeRange(from, from.plusSeconds(60)));
        assertThat(house.entries(1).getFirst().purpose()).contains("incident");
    }

    @Test
    void to_close_a_look_writes_how_much_was_seen_once() {
        var grant = granted(live(operator.session(), house.lobby));
        var told = new AtomicInteger();
        grant.onEnd(told::incrementAndGet);

        grant.close(new Seen(7_800, Duration.ofSeconds(312)));
        grant.close();

        assertThat(house.trail(2)).containsExactly("look.closed DONE", "look.live-opened DONE");
        assertThat(house.entries(1).getFirst().text()).contains("312 s, 7800 frames");
        assertThat(told).hasValue(1);
        assertThatThrownBy(() -> grant.open(picture(house.lobby, house.clock.instant())))
                .isInstanceOf(GrantEndedException.class);
    }

    @Test
    void nobody_but_an_operator_sees_pictures_and_every_refusal_is_on_record() {
        var administrator =
                house.invited(
                        officer,
                        "Ada",
                        Template.SYSTEM_ADMINISTRATOR,
                        new NewPerson.CameraChoice(true, List.of()));
        var dpo =
                house.invited(
                        officer,
                        "Dora",
                        Template.DATA_PROTECTION_OFFICER,
                        NewPerson.CameraChoice.none());

        for (var session : List.of(officer, administrator.session(), dpo.session())) {
            assertThat(refusedLook(live(session, house.lobby))).isEqualTo(Reason.RIGHT_MISSING);
            assertThat(house.trail(1)).containsExactly("act.refused REFUSED");
            assertThat(house.entries(1).getFirst().actor().name()).isEqualTo(session.name());
        }
    }

    @Test
    void an_operator_sees_only_the_cameras_that_were_given() {
        assertThat(refusedLook(live(operator.session(), house.dock)))
                .isEqualTo(Reason.CAMERA_NOT_GIVEN);
        assertThat(refusedLook(live(operator.session(), new CameraId(UUID.randomUUID()))))
                .isEqualTo(Reason.CAMERA_UNKNOWN);
        assertThat(house.access.known(operator.session())).accepts(house.lobby).rejects(house.dock);
        assertThat(house.access.known(officer)).accepts(house.lobby, house.dock);
    }

    @Test
    void sound_and_metadata_are_given_to_nobody() {
        for (var kind : List.of(MediaClass.AUDIO, MediaClass.METADATA)) {
            var decision =
                    house.access.openLook(
                            operator.session(),
                            house.lobby,
                            kind,
                            LookKind.LIVE,
                            Optional.empty(),
                            Why.UNSAID);

            assertThat(refusedLook(decision)).isEqualTo(Reason.CLASS_NOT_GIVEN);
        }
    }

    @Test
    void signing_out_ends_every_look_at_once() {
        var grant = granted(live(operator.session(), house.lobby));
        var picture = picture(house.lobby, house.clock.instant());

        house.access.signOut(operator.session());

        assertThat(grant.ended()).isTrue();
        assertThatThrownBy(() -> grant.open(picture)).isInstanceOf(GrantEndedException.class);
        assertThat(refusedLook(live(operator.session(), house.lobby)))
                .isEqualTo(Reason.SESSION_ENDED);
    }

    @Test
    void a_camera_that_is_taken_away_ends_the_looks_at_it_at_once_and_no_others() {
        var both = new NewPerson.CameraChoice(true, List.of());
        changeCameras(operator, both);
        var lobby = granted(live(operator.session(), house.lobby));
        var dock = granted(live(operator.session(), house.dock));

        changeCameras(operator, house.only(house.dock));

        assertThat(lobby.ended()).isTrue();
        assertThat(lobby.endedBy()).contains(Reason.CAMERA_NOT_GIVEN);
        assertThat(dock.ended()).isFalse();
        assertThat(house.access.stands(operator.session())).isTrue();
        assertThat(house.trail(1)).containsExactly("person.rights-changed DONE");
        lobby.close();
        assertThat(house.entries(1).getFirst().text()).endsWith("ended: camera-not-given");
    }

    @Test
    void a_role_that_is_taken_back_ends_its_looks_at_once() {
        var grant = granted(live(operator.session(), house.lobby));

        done(house.access.endRole(officer, operator.id(), only(operator).id()));

        assertThat(grant.endedBy()).contains(Reason.RIGHT_MISSING);
        assertThat(house.access.roles(operator.session())).isEmpty();
        assertThat(house.access.rights(operator.session()))
                .containsExactlyInAnyOrder(Right.OWN_SESSION, Right.LIST_SITES);
        assertThat(refusedLook(live(operator.session(), house.lobby)))
                .isEqualTo(Reason.RIGHT_MISSING);
    }

    @Test
    void a_role_that_nobody_confirms_lapses_and_ends_its_looks() throws InterruptedException {
        var reviewBy = only(operator).reviewBy();
        assertThat(Duration.between(house.clock.instant(), reviewBy).toDays())
                .isBetween(179L, 180L);
        house.clock.pass(Duration.between(house.clock.instant(), reviewBy).minusSeconds(60));
        var otto = house.signedInAgain(operator, "Otto");
        var grant = granted(live(otto, house.lobby));
        var ended = new CountDownLatch(1);
        grant.onEnd(ended::countDown);

        house.clock.pass(Duration.ofSeconds(60));

        assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(grant.endedBy()).contains(Reason.ROLE_ENDED);
        assertThat(refusedLook(live(otto, house.lobby))).isEqualTo(Reason.ROLE_ENDED);
    }

    @Test
    void the_cameras_of_a_role_that_has_lapsed_are_changed_when_it_is_confirmed() {
        var held = only(operator).id();
        var colleague =
                house.invited(
                        officer,
                        "Second",
                        Template.SECURITY_OFFICER,
                        NewPerson.CameraChoice.none());
        house.clock.pass(Duration.ofDays(80));
        var first = house.signedInAgain(olga, "Olga Officer");
        done(house.access.confirmRole(first, colleague.id(), heldBy(first, colleague).id()));
        house.clock.pass(Duration.ofDays(80));
        var second = house.signedInAgain(colleague, "Second");
        done(house.access.confirmRole(second, olga.id(), heldBy(second, olga).id()));
        house.clock.pass(Duration.ofDays(30));
        var later = house.signedInAgain(olga, "Olga Officer");

        var lapsed = house.access.changeCameras(later, operator.id(), held, house.only(house.dock));
        done(house.access.confirmRole(later, operator.id(), held));
        var confirmed =
                house.access.changeCameras(later, operator.id(), held, house.only(house.dock));

        assertThat(faults(lapsed)).containsExactly("role role.over");
        assertThat(done(confirmed).roles()).hasSize(1);
    }

    private Held heldBy(Session session, Somebody person) {
        return done(house.access.people(session)).stream()
                .filter(one -> one.id().equals(person.id()))
                .findFirst()
                .orElseThrow()
                .roles()
                .getFirst();
    }

    @Test
    void a_role_that_is_confirmed_goes_on() {
        var held = only(operator).id();
        house.clock.pass(Duration.ofDays(80));
        var later = house.signedInAgain(olga, "Olga Officer");

        var confirmed = done(house.access.confirmRole(later, operator.id(), held));

        assertThat(confirmed.roles())
                .singleElement()
                .satisfies(role ->
                        assertThat(Duration.between(house.clock.instant(), role.reviewBy()))
                                .isEqualTo(Duration.ofDays(180)));
        assertThat(refused(house.access.confirmRole(later, operator.id(), UUID.randomUUID())))
                .isEqualTo(Reason.ROLE_UNKNOWN);
    }

    @Test
    void nobody_gets_two_roles_that_do_not_go_together() {
        var none = NewPerson.CameraChoice.none();

        assertThat(
                        faults(
                                house.access.giveRole(
                                        officer,
                                        operator.id(),
                                        new NewPerson.RoleGift(
                                                "data-protection-officer",
                                                none,
                                                Optional.empty(),
                                                "a test"))))
                .containsExactly("role role.clash");
        assertThat(
                        faults(
                                house.access.giveRole(
                                        officer,
                                        operator.id(),
                                        new NewPerson.RoleGift(
                                                "operator", none, Optional.empty(), "a test"))))
                .containsExactly("role role.held");
        assertThat(
                        faults(
                                house.access.giveRole(
                                        officer,
                                        operator.id(),
                                        new NewPerson.RoleGift(
                                                "king", none, Optional.empty(), "a test"))))
                .containsExactly("role form.choice");
    }

    @Test
    void an_entry_names_what_it_was_decided_on() {
        granted(live(operator.session(), house.lobby)).close();
        refusedLook(live(operator.session(), house.dock));
        var refusal = house.entries(1).getFirst().decision();
        var look = house.entries(3).getLast().decision();
        assertThat(refusal).isPresent();
        assertThat(look).isPresent().isNotEqualTo(refusal);

        refusedLook(live(operator.session(), house.dock));

        // The same in the same moment: nobody learns from the log alone that it was the same.
        assertThat(house.entries(1).getFirst().decision()).isPresent().isNotEqualTo(refusal);
    }

    private Held only(Somebody person) {
        return heldBy(officer, person);
    }

    private void changeCameras(Somebody person, NewPerson.CameraChoice cameras) {
        done(house.access.changeCameras(officer, person.id(), only(person).id(), cameras));
    }

    @Test
    void to_sign_somebody_out_everywhere_ends_their_sessions_and_looks_and_nothing_else() {
        var grant = granted(live(operator.session(), house.lobby));

        done(house.access.endSessions(officer, operator.id()));

        assertThat(grant.ended()).isTrue();
        assertThat(house.access.stands(operator.session())).isFalse();
        assertThat(house.trail(1)).containsExactly("session.all-ended DONE");
        house.clock.pass(Duration.ofSeconds(30));
        live(house.signedInAgain(operator, "Otto"), house.lobby);
        assertThat(refused(house.access.endSessions(officer, officer.person())))
                .isEqualTo(Reason.OWN_AFFAIR);
    }

    @Test
    void to_remove_a_person_ends_their_looks_and_keeps_their_history() {
        var grant = granted(live(operator.session(), house.lobby));

        done(house.access.removePerson(officer, operator.id()));

        assertThat(grant.ended()).isTrue();
        assertThat(house.access.session(operator.signedIn().token())).isEmpty();
        var people = done(house.access.people(officer));
        assertThat(people)
                .filteredOn(person -> person.id().equals(operator.id()))
                .singleElement()
                .returns(Person.State.REMOVED, Person::state)
                .returns("Otto", Person::name);
        var again = new NewPerson("otto", "operator", house.only(house.lobby), "a test");
        done(house.access.invite(officer, again));
    }

    @Test
    void looks_end_when_their_session_has_been_idle_too_long() throws InterruptedException {
        var grant = granted(live(operator.session(), house.lobby));
        var ended = new CountDownLatch(1);
        grant.onEnd(ended::countDown);

        house.clock.pass(Duration.ofMinutes(15));

        assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(grant.endedBy()).contains(Reason.SESSION_ENDED);
    }

    @Test
    void no_look_goes_on_or_begins_while_rights_cannot_be_checked() throws InterruptedException {
        var grant = granted(live(operator.session(), house.lobby));
        var ended = new CountDownLatch(1);
        grant.onEnd(ended::countDown);

        house.line.turnOff();

        assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(grant.endedBy()).contains(Reason.DATABASE_UNAVAILABLE);
        assertThat(refusedLook(live(operator.session(), house.lobby)))
                .isEqualTo(Reason.DATABASE_UNAVAILABLE);
        house.line.turnOn();
        grantedInTheEnd(operator.session(), house.lobby).close();
    }

    @Test
    void no_look_begins_while_the_log_cannot_be_written() {
        house.audit.close();

        assertThat(refusedLook(live(operator.session(), house.lobby)))
                .isEqualTo(Reason.AUDIT_UNAVAILABLE);
        assertThat(house.access.decide(officer, new Act(Act.Kind.INVITE, "", "")))
                .isEqualTo(new Decision.Refused(Reason.AUDIT_UNAVAILABLE));
    }

    @Test
    void a_decision_is_on_record_and_its_receipt_names_the_entry() {
        var administrator =
                house.invited(
                        officer,
                        "Ada",
                        Template.SYSTEM_ADMINISTRATOR,
                        NewPerson.CameraChoice.none());
        var act = Act.about(house.lobby, Act.Kind.REMOVE_CAMERA, "Lobby");

        var granted = house.access.decide(administrator.session(), act);
        var denied = house.access.decide(operator.session(), act);

        assertThat(denied).isEqualTo(new Decision.Refused(Reason.RIGHT_MISSING));
        var entries = house.entries(2);
        assertThat(granted)
                .isInstanceOfSatisfying(
                        Decision.Granted.class,
                        decision ->
                                assertThat(decision.receipt().index())
                                        .isEqualTo(entries.getLast().index()));
        assertThat(entries.getLast().action()).isEqualTo("camera.removed");
        assertThat(entries.getFirst().text()).isEqualTo("remove-camera: right-missing");
    }

    @Test
    void wrong_input_is_on_record_without_its_contents() {
        var fault = new Fault("address", "address.scheme", "rtsp only", Map.of());
        var administrator =
                house.invited(
                        officer,
                        "Ada",
                        Template.SYSTEM_ADMINISTRATOR,
                        NewPerson.CameraChoice.none());

        var reason =
                house.access.recordFaults(
                        administrator.session(),
                        new Act(Act.Kind.ADD_CAMERA, "", ""),
                        List.of(fault));

        assertThat(reason).isEqualTo(Reason.BAD_INPUT);
        assertThat(house.entries(1).getFirst().text())
                .isEqualTo("add-camera (address address.scheme): bad-input");
    }

    @Test
    void people_are_managed_by_security_officers_alone_and_never_by_themselves() {
        var wanted =
                new NewPerson("Eve", "security-officer", NewPerson.CameraChoice.none(), "a test");

        assertThat(refused(house.access.invite(operator.session(), wanted)))
                .isEqualTo(Reason.RIGHT_MISSING);
        assertThat(refused(house.access.people(operator.session())))
                .isEqualTo(Reason.RIGHT_MISSING);
        assertThat(refused(house.access.removePerson(officer, officer.person())))
                .isEqualTo(Reason.OWN_AFFAIR);
        assertThat(refused(house.access.removePerson(officer, new PersonId(UUID.randomUUID()))))
                .isEqualTo(Reason.PERSON_UNKNOWN);
    }

    @Test
    void an_invitation_tells_all_its_faults_at_once() {
        var wanted =
                new NewPerson(
                        "Otto",
                        "operator",
                        new NewPerson.CameraChoice(false, List.of("no camera")),
                        "a test");
        var absurd =
                new NewPerson("x".repeat(10_000), "king", NewPerson.CameraChoice.none(), "a test");

        assertThat(faults(house.access.invite(officer, wanted)))
                .containsExactlyInAnyOrder("name name.taken", "cameras form.unknown");
        assertThat(faults(house.access.invite(officer, absurd)))
                .containsExactly("name form.too-long", "role form.choice");
        assertThat(house.trail(1)).containsExactly("act.refused REFUSED");
    }
}
