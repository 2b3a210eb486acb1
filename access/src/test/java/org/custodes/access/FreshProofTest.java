package org.custodes.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.custodes.access.AccessHouse.DESK;
import static org.custodes.access.AccessHouse.done;
import static org.custodes.access.AccessHouse.refused;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.custodes.access.AccessHouse.Somebody;
import org.custodes.audit.Query;
import org.custodes.database.Database;
import org.custodes.house.DatabaseSwitch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whoever sits down at somebody else's desk can take and cannot give, nor read the log, nor stay.
class FreshProofTest {
    @TempDir static Path cluster;

    private static Database database;

    @TempDir Path folder;

    private AccessHouse house;
    private Somebody olga;
    private Session officer;

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
    }

    @AfterEach
    void close() {
        house.close();
    }

    private NewPerson wanted(String name) {
        return new NewPerson(name, "operator", house.only(house.lobby), "a test");
    }

    private Person otto() {
        var invited = done(house.access.invite(officer, wanted("Otto")));
        house.enrol(invited.link().token(), Optional.empty());
        return person(invited.person().id());
    }

    private Person person(PersonId id) {
        return done(house.access.people(officer)).stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private void timePasses() {
        house.clock.pass(Proofs.FRESH.plusSeconds(1));
    }

    private Session proved(Somebody person) {
        return done(house.access.proveAgain(
                        person.session(), new Confirmation.Code(house.code(person.secret())), DESK))
                .session();
    }

    @Test
    void nobody_is_invited_without_one_and_a_name_stays_free() {
        timePasses();

        assertThat(refused(house.access.invite(officer, wanted("Otto"))))
                .isEqualTo(Reason.PROOF_TOO_OLD);
        assertThat(house.trail(1)).containsExactly("act.refused REFUSED");
        assertThat(done(house.access.people(officer)))
                .noneMatch(person -> person.name().equals("Otto"));

        done(house.access.invite(proved(olga), wanted("Otto")));
    }

    @Test
    void nobody_gets_more_or_keeps_what_they_have_without_one() {
        var otto = otto();
        var held = otto.roles().getFirst().id();
        var vera = done(house.access.invite(officer, wanted("Vera"))).person().id();
        timePasses();
        var all = new NewPerson.CameraChoice(true, List.of());
        var gift = new NewPerson.RoleGift("supervisor", all, Optional.empty(), "a test");

        assertThat(refused(house.access.giveRole(officer, otto.id(), gift)))
                .isEqualTo(Reason.PROOF_TOO_OLD);
        assertThat(refused(house.access.changeCameras(officer, otto.id(), held, all)))
                .isEqualTo(Reason.PROOF_TOO_OLD);
        assertThat(refused(house.access.confirmRole(officer, otto.id(), held)))
                .isEqualTo(Reason.PROOF_TOO_OLD);
        assertThat(refused(house.access.resetSignIn(officer, otto.id())))
                .isEqualTo(Reason.PROOF_TOO_OLD);
        assertThat(refused(house.access.inviteAgain(officer, vera)))
                .isEqualTo(Reason.PROOF_TOO_OLD);
        assertThat(person(otto.id())).isEqualTo(otto);

        var again = proved(olga);
        done(house.access.confirmRole(again, otto.id(), held));
        done(house.access.changeCameras(again, otto.id(), held, all));
        done(house.access.inviteAgain(again, vera));
    }

    @Test
    void what_takes_from_somebody_is_done_without_one() {
        var otto = otto();
        var held = otto.roles().getFirst().id();
        timePasses();

        done(house.access.changeCameras(officer, otto.id(), held, NewPerson.CameraChoice.none()));
        done(house.access.endSessions(officer, otto.id()));
        done(house.access.endRole(officer, otto.id(), person(otto.id()).roles().getFirst().id()));
        done(house.access.removePerson(officer, otto.id()));
    }

    @Test
    void what_was_proposed_with_one_is_agreed_to_whenever_the_other_officer_comes() {
        house.agreeing = false;
        var invited = done(house.access.invite(officer, wanted("Otto"))).person();
        timePasses();

        var deputy = house.deputy().session();
        var waiting = done(house.access.approvals(deputy)).getFirst();
        done(house.yes(deputy, waiting.id()));

        assertThat(person(invited.id()).roles()).hasSize(1);
    }

    @Test
    void the_log_is_read_with_one_and_each_reading_asks_for_it() {
        var dora =
                house.invited(
                        officer,
                        "Dora",
                        Template.DATA_PROTECTION_OFFICER,
                        NewPerson.CameraChoice.none());
        var reading = new Act(Act.Kind.READ_AUDIT, "", "all of it");
        assertThat(house.access.decide(dora.session(), reading))
                .isInstanceOf(Decision.Granted.class);
        timePasses();

        assertThat(house.access.decide(dora.session(), reading))
                .isEqualTo(new Decision.Refused(Reason.PROOF_TOO_OLD));
        assertThat(refused(house.access.replay(dora.session(), Query.newest(10))))
                .isEqualTo(Reason.PROOF_TOO_OLD);

        assertThat(house.access.decide(proved(dora), reading)).isInstanceOf(Decision.Granted.class);
    }

    @Test
    void a_command_line_is_paired_with_one_and_has_no_other() {
        var pairing = done(house.access.pair("a command line", DESK));
        timePasses();

        assertThat(refused(house.access.approvePairing(officer, pairing.code())))
                .isEqualTo(Reason.PROOF_TOO_OLD);

        done(house.access.approvePairing(proved(olga), pairing.code()));
        var line =
                done(house.access.claimPairing(pairing.code(), pairing.secret(), DESK))
                        .orElseThrow()
                        .session();
        done(house.access.invite(line, wanted("Otto")));
        timePasses();
        assertThat(refused(house.access.invite(line, wanted("Vera"))))
                .isEqualTo(Reason.PROOF_TOO_OLD);
        assertThat(refused(house.access.askProof(line, DESK))).isEqualTo(Reason.BROWSER_NEEDED);
    }
}
