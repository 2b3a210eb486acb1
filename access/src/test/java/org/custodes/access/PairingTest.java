package org.custodes.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.custodes.access.AccessHouse.DESK;
import static org.custodes.access.AccessHouse.HERE;
import static org.custodes.access.AccessHouse.done;
import static org.custodes.access.AccessHouse.refused;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.custodes.database.Database;
import org.custodes.house.DatabaseSwitch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PairingTest {
    @TempDir static Path cluster;

    private static Database database;

    @TempDir Path folder;

    private AccessHouse house;
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
        officer = house.officer().session();
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void a_command_line_acts_as_the_person_who_approved_its_code() {
        var pairing = done(house.access.pair("olgas-laptop", HERE));
        assertThat(pairing.code()).matches("[A-Z]{4}-[A-Z]{4}");
        assertThat(done(house.access.claimPairing(pairing.code(), pairing.secret(), HERE)))
                .isEmpty();
        var typed = pairing.code().toLowerCase(Locale.ROOT).replace("-", " ");

        var shown = done(house.access.lookAtPairing(officer, typed));
        done(house.access.approvePairing(officer, typed));
        var claimed =
                done(house.access.claimPairing(pairing.code(), pairing.secret(), HERE))
                        .orElseThrow();

        assertThat(shown.device()).isEqualTo("olgas-laptop");
        assertThat(shown.address()).isEqualTo("127.0.0.1");
        assertThat(claimed.session().person()).isEqualTo(officer.person());
        assertThat(claimed.session().kind()).isEqualTo(Session.Kind.COMMAND_LINE);
        assertThat(house.trail(3))
                .containsExactly(
                        "session.opened DONE", "pairing.approved DONE", "pairing.asked DONE");
        house.clock.pass(Duration.ofHours(11));
        assertThat(house.access.session(claimed.token())).isPresent();
        house.clock.pass(Duration.ofHours(1));
        assertThat(house.access.session(claimed.token())).isEmpty();
    }

    @Test
    void a_code_is_claimed_once_and_only_with_its_secret() {
        var pairing = done(house.access.pair("laptop", HERE));
        done(house.access.approvePairing(officer, pairing.code()));

        var guessed = house.access.claimPairing(pairing.code(), "a guess", DESK);
        var claimed = house.access.claimPairing(pairing.code(), pairing.secret(), HERE);
        var twice = house.access.claimPairing(pairing.code(), pairing.secret(), HERE);

        assertThat(refused(guessed)).isEqualTo(Reason.PAIRING_UNKNOWN);
        assertThat(done(claimed)).isPresent();
        assertThat(refused(twice)).isEqualTo(Reason.PAIRING_UNKNOWN);
    }

    @Test
    void a_command_line_cannot_approve_another() {
        var first = done(house.access.pair("laptop", HERE));
        done(house.access.approvePairing(officer, first.code()));
        var line =
                done(house.access.claimPairing(first.code(), first.secret(), HERE)).orElseThrow();
        var second = done(house.access.pair("other", HERE));

        var answer = house.access.approvePairing(line.session(), second.code());

        assertThat(refused(answer)).isEqualTo(Reason.BROWSER_NEEDED);
    }

    @Test
    void nobody_waits_longer_than_ten_minutes() {
        var pairing = done(house.access.pair("laptop", HERE));

        house.clock.pass(Duration.ofMinutes(10));

        assertThat(refused(house.access.lookAtPairing(officer, pairing.code())))
                .isEqualTo(Reason.PAIRING_UNKNOWN);
    }

    @Test
    void guessing_codes_is_slowed() {
        for (var i = 0; i < 6; i++) {
            assertThat(refused(house.access.lookAtPairing(officer, "BCDF-GHJK")))
                    .isEqualTo(Reason.PAIRING_UNKNOWN);
        }

        assertThat(refused(house.access.lookAtPairing(officer, "BCDF-GHJK")))
                .isEqualTo(Reason.THROTTLED);
    }

    @Test
    void one_source_cannot_fill_the_desk() {
        for (var i = 0; i < 5; i++) {
            done(house.access.pair("laptop " + i, HERE));
        }

        assertThat(refused(house.access.pair("laptop", HERE))).isEqualTo(Reason.BUSY);
        done(house.access.pair("laptop", DESK));
    }

    @Test
    void a_person_who_was_removed_since_pairs_nothing() {
        var second =
                house.invited(
                        officer,
                        "Second Officer",
                        Template.SECURITY_OFFICER,
                        NewPerson.CameraChoice.none());
        var pairing = done(house.access.pair("laptop", HERE));
        done(house.access.approvePairing(second.session(), pairing.code()));

        done(house.access.removePerson(officer, second.id()));

        assertThat(refused(house.access.claimPairing(pairing.code(), pairing.secret(), HERE)))
                .isEqualTo(Reason.PAIRING_UNKNOWN);
    }
}
