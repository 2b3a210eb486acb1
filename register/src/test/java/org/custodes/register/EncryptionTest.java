package org.custodes.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.custodes.register.RegisterHouse.camera;
import static org.custodes.register.RegisterHouse.done;
import static org.custodes.register.RegisterHouse.faults;
import static org.custodes.register.RegisterHouse.fits;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.custodes.database.Database;
import org.custodes.house.DatabaseSwitch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Cameras that are encrypted on the way, certificates that they are known by, and sites that take no
/// others.
class EncryptionTest {
    private static final String PLAIN = "rtsp://lobby.example/1";
    private static final String ENCRYPTED = "rtsps://lobby.example/1";
    private static final String ONE = "ab".repeat(32);
    private static final String OTHER = "cd".repeat(32);

    @TempDir static Path cluster;

    private static Database database;

    @TempDir Path folder;

    private RegisterHouse house;
    private Register register;

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
        house = new RegisterHouse(folder, database);
        register = house.register;
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void a_device_is_reached_the_way_it_was_added_with() {
        var camera = house.added(camera("Lobby", ENCRYPTED));

        assertThat(register.device(camera.device()).encrypted()).isTrue();
        assertThat(register.address(camera, camera.streams().getFirst()).uri())
                .isEqualTo("rtsps://lobby.example:322/1");
        assertThat(faults(register.checkNew(camera("Two", "rtsp://lobby.example:322/2"))))
                .extracting(Fault::key)
                .containsExactly("address.other-scheme");
    }

    @Test
    void what_is_encrypted_and_how_it_is_reached_survives_a_restart() {
        var camera = house.added(camera("Lobby", ENCRYPTED));
        var changed =
                done(
                        register.changeCamera(
                                fits(register.checkChange(camera.id(), by("http"))),
                                house.receipt()));
        done(register.pinCertificate(camera.device(), ONE, house.receipt()));
        insist(true);

        try (var again = house.open(database)) {
            assertThat(again.camera(camera.id())).contains(changed);
            assertThat(again.device(camera.device())).isEqualTo(register.device(camera.device()));
            assertThat(certificate(again, camera)).contains(ONE);
            assertThat(again.sites().getFirst().encryptedOnly()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"udp, false", "tcp-or-udp, false", "tcp, true", "http, true", "carrier, false"})
    void pictures_of_an_encrypted_device_come_no_way_that_is_not_encrypted(
            String transport, boolean fits) {
        var camera = house.added(camera("Lobby", ENCRYPTED));

        var checked = register.checkChange(camera.id(), by(transport));

        assertThat(checked instanceof Checked.Fits).isEqualTo(fits);
        if (!fits) {
            assertThat(faults(checked)).extracting(Fault::field).containsExactly("transport");
        }
    }

    private static CameraChange by(String transport) {
        return new CameraChange(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(transport));
    }

    @Test
    void the_first_certificate_stands_until_somebody_accepts_another() {
        var heard = Collections.synchronizedList(new ArrayList<RegisterChange>());
        var camera = house.added(camera("Lobby", ENCRYPTED));
        register.listen(heard::add);

        done(register.pinCertificate(camera.device(), ONE, house.receipt()));
        done(register.pinCertificate(camera.device(), OTHER, house.receipt()));
        assertThat(certificate(register, camera)).contains(ONE);

        var shown = "CD:".repeat(31) + "CD";
        var accepted =
                done(
                        register.acceptCertificate(
                                fits(register.checkCertificate(camera.id(), shown)),
                                house.receipt()));

        assertThat(certificate(register, camera)).contains(OTHER);
        assertThat(register.device(camera.device())).isEqualTo(accepted);
        assertThat(heard)
                .hasSize(2)
                .allMatch(change -> change instanceof RegisterChange.CertificateChanged)
                .endsWith(new RegisterChange.CertificateChanged(accepted));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ab", "zz", "javascript:alert(1)"})
    void a_certificate_is_named_by_64_digits(String digits) {
        var camera = house.added(camera("Lobby", ENCRYPTED));

        assertThat(faults(register.checkCertificate(camera.id(), digits)))
                .extracting(Fault::key)
                .containsExactly("certificate.form");
    }

    @Test
    void a_plain_device_has_no_certificate() {
        var camera = house.added(camera("Lobby", PLAIN));

        assertThat(faults(register.checkCertificate(camera.id(), ONE)))
                .extracting(Fault::key)
                .containsExactly("certificate.plain-device");
        assertThat(register.pinCertificate(camera.device(), ONE, house.receipt()))
                .isInstanceOf(Changed.Faulty.class);
    }

    @Test
    void where_a_site_insists_a_plain_camera_is_called_by_exception_and_only_until_its_end() {
        var plain = house.added(camera("Lobby", PLAIN));
        var encrypted = house.added(camera("Yard", "rtsps://192.0.2.10/1"));
        assertThat(register.mayBeCalled(plain, now())).isTrue();

        insist(true);
        assertThat(register.mayBeCalled(plain, now())).isFalse();
        assertThat(register.mayBeCalled(encrypted, now())).isTrue();

        var until = now().plus(Duration.ofDays(30));
        var excepted = except(plain, until);
        assertThat(register.mayBeCalled(excepted, until.minusNanos(1_000))).isTrue();
        assertThat(register.mayBeCalled(excepted, until)).isFalse();
        assertThat(register.camera(plain.id())).contains(excepted);

        var ended =
                done(
                        register.changePlainException(
                                fits(register.checkNoPlainException(plain.id())), house.receipt()));
        assertThat(register.mayBeCalled(ended, now())).isFalse();

        insist(false);
        assertThat(register.mayBeCalled(ended, now())).isTrue();
    }

    @Test
    void an_exception_survives_other_changes_of_its_camera() {
        var camera = house.added(camera("Lobby", PLAIN));
        var excepted = except(camera, now().plus(Duration.ofDays(1)));

        var changed =
                done(
                        register.changeCamera(
                                fits(register.checkChange(camera.id(), by("udp"))),
                                house.receipt()));

        assertThat(changed.link().plainException()).isEqualTo(excepted.link().plainException());
        assertThat(changed.link().transport()).isEqualTo(Transport.UDP);
    }

    @ParameterizedTest
    @CsvSource({"0, why, until", "-5, why, until", "366, why, until", "30, '', reason"})
    void an_exception_has_an_end_within_a_year_and_a_reason(
            long days, String reason, String field) {
        var camera = house.added(camera("Lobby", PLAIN));
        var form = new PlainExceptionForm(now().plus(Duration.ofDays(days)), reason);

        assertThat(faults(register.checkPlainException(camera.id(), form)))
                .extracting(Fault::field)
                .containsExactly(field);
    }

    @Test
    void a_test_of_a_new_camera_calls_what_its_check_found_and_asks_for_no_name_again() {
        var asked = new AtomicInteger();
        var rules =
                new AddressRules(
                        Set.of(),
                        _ -> {
                            // A name server that points elsewhere once it was checked.
                            var last = asked.incrementAndGet() == 1 ? "192.0.2.77" : "192.0.2.66";
                            return List.of(InetAddress.ofLiteral(last));
                        });
        try (var rebinding =
                Register.open(database, house.vault, house.snapshot, rules, house.clock)) {
            var draft = fits(rebinding.checkNew(camera("Yard", "rtsp://yard.example/1")));

            var trials = fits(rebinding.checkTrials(draft));
            var added = done(rebinding.addCamera(draft, house.receipt()));

            assertThat(trials)
                    .extracting(trial -> trial.address().resolved().getHostAddress())
                    .containsExactly("192.0.2.77");
            assertThat(rebinding.device(added.device()).address().getHostAddress())
                    .isEqualTo("192.0.2.77");
            assertThat(asked).hasValue(1);
        }
    }

    @Test
    void a_test_of_another_channel_calls_its_device_by_what_is_known_of_it() {
        var first = house.added(camera("Lobby", "rtsps://joe:secret@lobby.example/1"));
        done(register.pinCertificate(first.device(), ONE, house.receipt()));

        var trials =
                fits(
                        register.checkTrials(
                                fits(register.checkNew(camera("Two", "rtsps://lobby.example/2")))));

        assertThat(trials).hasSize(1);
        assertThat(trials.getFirst().secret().map(DeviceSecret::user)).contains("joe");
        assertThat(trials.getFirst().certificate().map(PinnedCertificate::sha256)).contains(ONE);
    }

    @Test
    void where_a_site_insists_no_test_is_made_in_the_clear() {
        insist(true);

        var draft = fits(register.checkNew(camera("Lobby", PLAIN)));
        var alone =
                register.checkTrial(
                        PLAIN,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());

        assertThat(faults(register.checkTrials(draft)))
                .extracting(Fault::key)
                .containsExactly("address.encryption-required");
        assertThat(faults(alone))
                .extracting(Fault::key)
                .containsExactly("address.encryption-required");
    }

    @Test
    void a_device_is_known_by_the_certificate_that_it_was_added_with_from_its_first_call_on() {
        var wanted = knownBy("Lobby", ENCRYPTED, "AB:".repeat(31) + "AB");

        var trial = fits(register.checkTrials(fits(register.checkNew(wanted)))).getFirst();
        assertThat(trial.certificate().map(PinnedCertificate::sha256)).contains(ONE);

        var camera = house.added(wanted);
        assertThat(certificate(register, camera)).contains(ONE);
        done(register.pinCertificate(camera.device(), OTHER, house.receipt()));
        assertThat(certificate(register, camera)).contains(ONE);
        try (var again = house.open(database)) {
            assertThat(certificate(again, camera)).contains(ONE);
        }
    }

    @Test
    void a_second_camera_brings_its_device_the_certificate_that_it_has_not_met_yet() {
        var first = house.added(camera("Lobby", ENCRYPTED));
        var changes = new ArrayList<RegisterChange>();
        register.listen(changes::add);

        house.added(knownBy("Two", "rtsps://lobby.example/2", ONE));

        assertThat(certificate(register, first)).contains(ONE);
        assertThat(changes).hasAtLeastOneElementOfType(RegisterChange.CertificateChanged.class);
        try (var again = house.open(database)) {
            assertThat(certificate(again, first)).contains(ONE);
        }
    }

    @Test
    void a_certificate_that_a_new_camera_cannot_be_known_by_is_refused() {
        var first = house.added(knownBy("Lobby", ENCRYPTED, ONE));

        assertThat(faults(register.checkNew(knownBy("Two", "rtsps://lobby.example/2", OTHER))))
                .extracting(Fault::key)
                .containsExactly("certificate.other-known");
        assertThat(faults(register.checkNew(knownBy("Two", "rtsp://same-lobby.example/2", ONE))))
                .extracting(Fault::key)
                .containsExactly("certificate.plain-address");
        assertThat(faults(register.checkNew(knownBy("Two", "rtsps://lobby.example/2", "ab"))))
                .extracting(Fault::key)
                .containsExactly("certificate.form");
        assertThat(faults(trial(ENCRYPTED, OTHER)))
                .extracting(Fault::key)
                .containsExactly("certificate.other-known");
        assertThat(fits(trial(ENCRYPTED, ONE)).certificate().map(PinnedCertificate::sha256))
                .contains(ONE);
        assertThat(certificate(register, first)).contains(ONE);
    }

    private Checked<Trial> trial(String address, String certificate) {
        return register.checkTrial(
                address,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(certificate));
    }

    private static NewCamera knownBy(String name, String address, String certificate) {
        return new NewCamera(
                name,
                Optional.empty(),
                address,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "burglary at night",
                "indoor",
                Optional.empty(),
                Optional.empty(),
                Optional.of(certificate));
    }

    @Test
    void a_site_that_is_changed_without_a_word_about_it_insists_as_before() {
        insist(true);
        var form = new SiteForm("Depot 2", "Europe/Helsinki", "FI", "Example Oy");

        var saved =
                done(
                        register.saveSite(
                                fits(register.checkSite(house.site.id(), form)), house.receipt()));

        assertThat(saved.encryptedOnly()).isTrue();
    }

    private Camera except(Camera camera, Instant until) {
        var form = new PlainExceptionForm(until, "no firmware that can encrypt yet");
        return done(
                register.changePlainException(
                        fits(register.checkPlainException(camera.id(), form)), house.receipt()));
    }

    private void insist(boolean insists) {
        var form =
                new SiteForm("Depot", "Europe/Helsinki", "FI", "Example Oy", Optional.of(insists));
        done(register.saveSite(fits(register.checkSite(house.site.id(), form)), house.receipt()));
    }

    private static Optional<String> certificate(Register register, Camera camera) {
        return register.device(camera.device()).pinnedCertificate().map(PinnedCertificate::sha256);
    }

    private Instant now() {
        return house.clock.instant();
    }
}
