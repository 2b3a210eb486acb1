package org.custodes.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.custodes.access.AccessHouse.DESK;
import static org.custodes.access.AccessHouse.HERE;
import static org.custodes.access.AccessHouse.HOME;
import static org.custodes.access.AccessHouse.PASSWORD;
import static org.custodes.access.AccessHouse.assertion;
import static org.custodes.access.AccessHouse.done;
import static org.custodes.access.AccessHouse.faults;
import static org.custodes.access.AccessHouse.made;
import static org.custodes.access.AccessHouse.origin;
import static org.custodes.access.AccessHouse.refused;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.custodes.database.Database;
import org.custodes.house.DatabaseSwitch;
import org.custodes.rights.Assurance;
import org.custodes.simulator.SoftPasskey;
import org.custodes.simulator.SoftPasskey.Algorithm;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PasskeysTest {
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
    void browsers_write_the_usual_port_of_an_origin_into_no_address() {
        assertThat(RelyingParty.of("cctv.example.org", 443).origin())
                .isEqualTo("https://cctv.example.org");
        assertThat(HOME.origin()).isEqualTo("https://localhost:8443");
    }

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void a_passkey_that_was_added_signs_its_person_in_without_a_name(Algorithm algorithm) {
        var olga = house.officer().session();

        var passkey = added(olga, algorithm, "Olga's key");
        var signedIn = done(signIn(passkey));

        assertThat(signedIn.session().person()).isEqualTo(olga.person());
        assertThat(signedIn.session().proof().assurance()).isEqualTo(Assurance.PASSKEY);
        var told = only(done(house.access.ownPasskeys(olga)));
        assertThat(signedIn.session().proof().credential()).isEqualTo("passkey/" + told.id());
        assertThat(told.name()).isEqualTo("Olga's key");
        assertThat(told.backedUp()).isFalse();
        assertThat(told.lastUsedAt()).contains(house.clock.instant());
        assertThat(house.access.session(signedIn.token())).contains(signedIn.session());
        assertThat(house.trail(2)).containsExactly("session.opened DONE", "passkey.added DONE");
        assertThat(house.entries(1).getFirst().text()).isEqualTo("by passkey");
    }

    @Test
    void a_passkey_is_offered_what_it_may_not_make_again_and_no_more_than_twenty() {
        var olga = house.officer().session();
        var first = added(olga, Algorithm.ED25519, "first");

        var ask = done(house.access.askNewPasskey(olga));
        assertThat(ask.credentials()).containsExactly(first.credential());
        for (var i = 2; i <= 20; i++) {
            added(olga, Algorithm.ED25519, "key " + i);
        }

        assertThat(faults(house.access.askNewPasskey(olga)))
                .containsExactly("passkey passkey.too-many");
        assertThat(faults(house.access.addPasskey(olga, made(first, ask, "one more"))))
                .containsExactly("passkey passkey.not-good");
        assertThat(done(house.access.ownPasskeys(olga))).hasSize(20);
    }

    @Test
    void whatever_is_wrong_with_a_new_passkey_it_is_not_added() {
        var olga = house.officer();
        var otto = invited(olga.session(), "Otto Operator");
        var user = done(house.access.askNewPasskey(olga.session())).user();

        var wrongPage = key(user).at("https://localhost:8444");
        var wrongParty = key(user).of("example.org");
        var nobodyVerified = key(user);
        nobodyVerified.verifyNobody();
        for (var passkey : List.of(wrongPage, wrongParty, nobodyVerified)) {
            assertThat(faults(add(olga.session(), passkey)))
                    .containsExactly("passkey passkey.not-good");
        }
        var ask = done(house.access.askNewPasskey(olga.session()));
        var otherSession =
                house.access.addPasskey(otto.session(), made(key(ask.user()), ask, "stolen"));
        assertThat(faults(otherSession)).containsExactly("passkey passkey.not-good");
        var late = done(house.access.askNewPasskey(olga.session()));
        house.clock.pass(Duration.ofMinutes(2));
        assertThat(faults(house.access.addPasskey(olga.session(), made(key(user), late, "late"))))
                .containsExactly("passkey passkey.not-good");
        var rubbish = new NewPasskey(HOME, "rubbish", "e30", "//");
        assertThat(faults(house.access.addPasskey(olga.session(), rubbish)))
                .containsExactly("passkey passkey.not-good");

        assertThat(done(house.access.ownPasskeys(olga.session()))).isEmpty();
        assertThat(done(house.access.ownPasskeys(otto.session()))).isEmpty();
    }

    @Test
    void what_was_made_once_is_not_added_twice() {
        var olga = house.officer().session();
        var ask = done(house.access.askNewPasskey(olga));
        var passkey = key(ask.user());
        var made = made(passkey, ask, "key");
        done(house.access.addPasskey(olga, made));

        assertThat(faults(house.access.addPasskey(olga, made)))
                .containsExactly("passkey passkey.not-good");
        assertThat(faults(add(olga, passkey))).containsExactly("passkey passkey.not-good");

        assertThat(done(house.access.ownPasskeys(olga))).hasSize(1);
    }

    @Test
    void every_way_to_be_no_passkey_of_anybody_gets_the_same_answer_and_an_entry() {
        var olga = house.officer().session();
        var passkey = added(olga, Algorithm.ES256, "key");
        var user = done(house.access.askNewPasskey(olga)).user();
        var unverified = passkey.at(HOME.origin());
        unverified.verifyNobody();

        var answers = new ArrayList<Answer<SignedIn>>();
        answers.add(signIn(key(user)));
        answers.add(signIn(passkey.at("https://localhost")));
        answers.add(signIn(passkey.of("example.org")));
        answers.add(signIn(passkey.with(key(user).credential())));
        answers.add(signIn(unverified));
        answers.add(signIn(passkey, signed -> altered(signed, Part.SIGNATURE)));
        answers.add(signIn(passkey, signed -> altered(signed, Part.AUTHENTICATOR)));
        answers.add(
                signIn(
                        passkey,
                        signed ->
                                new Assertion(
                                        HOME,
                                        signed.credential(),
                                        signed.clientData(),
                                        signed.authenticatorData(),
                                        signed.signature(),
                                        Optional.empty())));
        answers.add(
                house.access.signInByPasskey(
                        new Assertion(HOME, "?", "", "e30", "x", Optional.empty()), DESK));

        assertThat(answers).hasSize(9).containsOnly(new Answer.Refused<>(Reason.PASSKEY_REFUSED));
        assertThat(house.trail(9)).containsOnly("session.refused REFUSED");
        done(signIn(passkey));
    }

    @Test
    void what_was_signed_opens_once_and_not_after_two_minutes() {
        var olga = house.officer().session();
        var passkey = added(olga, Algorithm.ES256, "key");
        var sent = assertion(passkey.signed(house.access.askPasskey(DESK).challenge()));
        done(house.access.signInByPasskey(sent, DESK));

        var again = house.access.signInByPasskey(sent, DESK);
        var late = assertion(passkey.signed(house.access.askPasskey(DESK).challenge()));
        house.clock.pass(Duration.ofMinutes(2));

        assertThat(refused(again)).isEqualTo(Reason.PASSKEY_REFUSED);
        assertThat(refused(house.access.signInByPasskey(late, DESK)))
                .isEqualTo(Reason.PASSKEY_REFUSED);
        var unasked =
                assertion(passkey.signed(Base64.getUrlEncoder().encodeToString(new byte[32])));
        assertThat(refused(house.access.signInByPasskey(unasked, DESK)))
                .isEqualTo(Reason.PASSKEY_REFUSED);
    }

    @Test
    void what_was_asked_for_one_thing_is_good_for_no_other() {
        var olga = house.officer().session();
        var passkey = added(olga, Algorithm.ES256, "key");
        var forSignIn = house.access.askPasskey(DESK).challenge();
        var forProof = done(house.access.askProof(olga, DESK)).passkey().challenge();
        var forNew = done(house.access.askNewPasskey(olga));

        assertThat(refused(prove(olga, assertion(passkey.signed(forSignIn)))))
                .isEqualTo(Reason.NOT_PROVED);
        assertThat(refused(house.access.signInByPasskey(assertion(passkey.signed(forProof)), DESK)))
                .isEqualTo(Reason.PASSKEY_REFUSED);
        assertThat(refused(prove(olga, assertion(passkey.signed(forNew.challenge())))))
                .isEqualTo(Reason.NOT_PROVED);
    }

    @Test
    void a_counter_that_goes_back_is_refused_and_the_log_says_why() {
        var olga = house.officer().session();
        var ask = done(house.access.askNewPasskey(olga));
        var passkey = key(ask.user());
        passkey.hasSigned(7);
        done(house.access.addPasskey(olga, made(passkey, ask, "key")));
        done(signIn(passkey));
        var copy = passkey.at(HOME.origin());
        done(signIn(passkey));

        var answer = signIn(copy);

        assertThat(refused(answer)).isEqualTo(Reason.PASSKEY_REFUSED);
        var entry = house.entries(1).getFirst();
        assertThat(entry.text())
                .isEqualTo("sign-in by a passkey of which there are two: passkey-refused");
        assertThat(entry.actor().name()).isEqualTo("Olga Officer");
        done(signIn(passkey));
    }

    @Test
    void a_passkey_that_its_maker_copies_says_so_from_then_on() {
        var olga = house.officer().session();
        var ask = done(house.access.askNewPasskey(olga));
        var passkey = key(ask.user());
        passkey.copy();

        done(house.access.addPasskey(olga, made(passkey, ask, "phone")));

        assertThat(only(done(house.access.ownPasskeys(olga))).backedUp()).isTrue();
        done(signIn(passkey));
    }

    @Test
    void a_passkey_that_was_removed_opens_nothing_and_ends_the_other_sessions_it_opened() {
        var olga = house.officer();
        var lost = added(olga.session(), Algorithm.ES256, "lost phone");
        var kept = added(olga.session(), Algorithm.ES256, "kept");
        var byLost = done(signIn(lost)).session();
        var byKept = done(signIn(kept)).session();
        var id =
                done(house.access.ownPasskeys(olga.session())).stream()
                        .filter(passkey -> passkey.name().equals("lost phone"))
                        .findFirst()
                        .orElseThrow()
                        .id();

        done(house.access.removePasskey(olga.session(), id));

        assertThat(refused(signIn(lost))).isEqualTo(Reason.PASSKEY_REFUSED);
        assertThat(house.access.stands(byLost)).isFalse();
        assertThat(house.access.stands(byKept)).isTrue();
        assertThat(house.access.stands(olga.session())).isTrue();
        assertThat(only(done(house.access.ownPasskeys(olga.session()))).name()).isEqualTo("kept");
        assertThat(refused(house.access.removePasskey(olga.session(), id)))
                .isEqualTo(Reason.PASSKEY_UNKNOWN);
    }

    @Test
    void nobody_renames_or_removes_what_is_somebody_elses() {
        var olga = house.officer().session();
        var otto = invited(olga, "Otto Operator").session();
        added(olga, Algorithm.ES256, "Olga's");
        var id = only(done(house.access.ownPasskeys(olga))).id();

        assertThat(refused(house.access.renamePasskey(otto, id, "mine")))
                .isEqualTo(Reason.PASSKEY_UNKNOWN);
        assertThat(refused(house.access.removePasskey(otto, id))).isEqualTo(Reason.PASSKEY_UNKNOWN);
        assertThat(refused(house.access.renamePasskey(olga, UUID.randomUUID(), "none")))
                .isEqualTo(Reason.PASSKEY_UNKNOWN);
        assertThat(done(house.access.renamePasskey(olga, id, "  yellow  ")).name())
                .isEqualTo("yellow");
        assertThat(faults(house.access.renamePasskey(olga, id, " ")))
                .containsExactly("name form.required");
        assertThat(only(done(house.access.ownPasskeys(olga))).name()).isEqualTo("yellow");
    }

    @Test
    void whoever_was_removed_or_enrols_anew_has_no_passkeys_and_no_recovery_codes_any_more() {
        var olga = house.officer();
        var second =
                house.invited(
                        olga.session(),
                        "Second Officer",
                        Template.SECURITY_OFFICER,
                        NewPerson.CameraChoice.none());
        var otto = invited(olga.session(), "Otto Operator");
        var ottos = added(otto.session(), Algorithm.ES256, "Otto's");
        var olgas = added(olga.session(), Algorithm.ES256, "Olga's");
        var codes = done(house.access.makeRecoveryCodes(olga.session()));

        done(house.access.removePerson(olga.session(), otto.id()));
        var link = house.linkAfterReset(second.session(), olga.id());
        house.clock.pass(Duration.ofSeconds(30));
        var anew = house.enrol(link.token(), Optional.empty());

        assertThat(refused(signIn(ottos))).isEqualTo(Reason.PASSKEY_REFUSED);
        assertThat(refused(signIn(olgas))).isEqualTo(Reason.PASSKEY_REFUSED);
        assertThat(done(house.access.ownPasskeys(anew.session()))).isEmpty();
        assertThat(done(house.access.recoveryCodesLeft(anew.session())).left()).isZero();
        assertThat(refused(house.access.signIn("Olga Officer", PASSWORD, codes.getFirst(), DESK)))
                .isEqualTo(Reason.BAD_CREDENTIALS);
    }

    @Test
    void no_number_of_guesses_at_a_password_keeps_a_passkey_out() {
        var olga = house.officer().session();
        var passkey = added(olga, Algorithm.ES256, "key");
        for (var i = 0; i < 200; i++) {
            house.access.signIn("Olga Officer", "a guess of an attacker", "000000", DESK);
        }

        done(signIn(passkey));
    }

    @Test
    void no_number_of_refused_passkeys_keeps_one_out_nor_fills_the_log() {
        var olga = house.officer().session();
        var passkey = added(olga, Algorithm.ED25519, "key");
        var stranger = key("AAAA");
        var before = house.entries(1).getFirst().index();

        var answers = IntStream.range(0, 200).mapToObj(_ -> refused(signIn(stranger))).toList();

        assertThat(answers).startsWith(Reason.PASSKEY_REFUSED).endsWith(Reason.THROTTLED);
        assertThat(house.entries(1).getFirst().index()).isLessThanOrEqualTo(before + 40);
        done(signIn(passkey));
    }

    @Test
    void a_source_that_asks_without_end_makes_useless_what_it_asked_for_itself_alone() {
        var olga = house.officer().session();
        var passkey = added(olga, Algorithm.ES256, "key");
        var own = house.access.askPasskey(HERE).challenge();
        var flooded = house.access.askPasskey(DESK).challenge();
        for (var i = 0; i < 1_000; i++) {
            house.access.askPasskey(DESK);
        }

        assertThat(refused(house.access.signInByPasskey(assertion(passkey.signed(flooded)), DESK)))
                .isEqualTo(Reason.PASSKEY_REFUSED);
        done(house.access.signInByPasskey(assertion(passkey.signed(own)), HERE));
    }

    @Test
    void to_add_or_remove_a_passkey_and_to_make_recovery_codes_needs_a_proof_of_two_minutes() {
        var olga = house.officer();
        var session = olga.session();
        var passkey = added(session, Algorithm.ES256, "key");
        var id = only(done(house.access.ownPasskeys(session))).id();
        var ask = done(house.access.askNewPasskey(session));
        house.clock.pass(Duration.ofMinutes(2).plusSeconds(1));

        assertThat(refused(house.access.askNewPasskey(session))).isEqualTo(Reason.PROOF_TOO_OLD);
        assertThat(refused(house.access.addPasskey(session, made(key(ask.user()), ask, "late"))))
                .isEqualTo(Reason.PROOF_TOO_OLD);
        assertThat(refused(house.access.removePasskey(session, id)))
                .isEqualTo(Reason.PROOF_TOO_OLD);
        assertThat(refused(house.access.makeRecoveryCodes(session)))
                .isEqualTo(Reason.PROOF_TOO_OLD);

        var again = done(prove(session, signedFor(session, passkey))).session();

        assertThat(done(house.access.makeRecoveryCodes(again))).hasSize(10);
        done(house.access.askNewPasskey(again));
        done(house.access.removePasskey(again, id));
    }

    @Test
    void a_proof_goes_on_under_a_new_token_and_the_old_one_is_worth_no_more_than_before() {
        var olga = house.officer();
        var old = olga.signedIn().token();
        house.clock.pass(Duration.ofMinutes(3));

        var again = done(prove(olga, house.code(olga.secret())));

        assertThat(again.session().id()).isEqualTo(olga.session().id());
        assertThat(again.token()).isNotEqualTo(old);
        assertThat(again.session().proof().at()).isEqualTo(house.clock.instant());
        assertThat(house.trail(1)).containsExactly("session.proved-again DONE");
        assertThat(house.access.session(again.token())).contains(again.session());
        // Requests that were under way come with the old one.
        var underWay = house.access.session(old).orElseThrow();
        assertThat(refused(house.access.makeRecoveryCodes(underWay)))
                .isEqualTo(Reason.PROOF_TOO_OLD);
        house.clock.pass(Duration.ofSeconds(10));
        assertThat(house.access.session(old)).isEmpty();
        house.restart();
        assertThat(house.access.session(old)).isEmpty();
        var restored = house.access.session(again.token()).orElseThrow();
        assertThat(restored.proof()).isEqualTo(again.session().proof());
    }

    @Test
    void a_code_proves_once_and_guessing_it_is_slowed_though_not_for_a_passkey() {
        var olga = house.officer();
        var passkey = added(olga.session(), Algorithm.ES256, "key");
        house.clock.pass(Duration.ofSeconds(30));
        var code = house.code(olga.secret());
        var session = done(prove(olga, code)).session();

        assertThat(refused(prove(session, new Confirmation.Code(code))))
                .isEqualTo(Reason.NOT_PROVED);
        assertThat(refused(house.access.signIn("Olga Officer", PASSWORD, code, DESK)))
                .isEqualTo(Reason.BAD_CREDENTIALS);
        for (var i = 0; i < 12; i++) {
            prove(session, new Confirmation.Code("000000"));
        }
        assertThat(refused(prove(session, new Confirmation.Code("000000"))))
                .isEqualTo(Reason.THROTTLED);
        assertThat(faults(prove(session, new Confirmation.Code("12 34"))))
                .containsExactly("code code.form");
        done(prove(session, signedFor(session, passkey)));
    }

    @Test
    void a_proof_is_of_whoever_has_the_session_and_in_that_session_alone() {
        var olga = house.officer();
        var otto = invited(olga.session(), "Otto Operator");
        var olgas = added(olga.session(), Algorithm.ES256, "Olga's");
        var ottos = added(otto.session(), Algorithm.ES256, "Otto's");
        var elsewhere = done(signIn(olgas)).session();

        assertThat(refused(prove(olga.session(), signedFor(olga.session(), ottos))))
                .isEqualTo(Reason.NOT_PROVED);
        assertThat(refused(prove(elsewhere, signedFor(olga.session(), olgas))))
                .isEqualTo(Reason.NOT_PROVED);
        assertThat(house.trail(1)).containsExactly("act.refused REFUSED");
        done(prove(elsewhere, signedFor(elsewhere, olgas)));
    }

    @Test
    void a_command_line_proves_nothing() {
        var olga = house.officer();
        var pairing = done(house.access.pair("laptop", HERE));
        done(house.access.approvePairing(olga.session(), pairing.code()));
        var line =
                done(house.access.claimPairing(pairing.code(), pairing.secret(), HERE))
                        .orElseThrow();
        house.clock.pass(Duration.ofSeconds(30));

        var answer =
                house.access.proveAgain(
                        line.session(), new Confirmation.Code(house.code(olga.secret())), HERE);

        assertThat(refused(answer)).isEqualTo(Reason.BROWSER_NEEDED);
        assertThat(refused(house.access.askProof(line.session(), HERE)))
                .isEqualTo(Reason.BROWSER_NEEDED);
    }

    @Test
    void whoever_came_by_a_demos_link_confirms_with_nothing_until_they_have_a_passkey() {
        var link = house.access.demoLinks().getFirst().link().token();
        var guest = done(house.access.signInByLink(link, HERE)).session();

        assertThat(done(house.access.askProof(guest, HERE)).ways())
                .containsExactly(ProofAsk.Way.NOTHING);
        assertThat(refused(house.access.proveAgain(guest, new Confirmation.Nothing(), DESK)))
                .isEqualTo(Reason.NOT_PROVED);
        var again = done(house.access.proveAgain(guest, new Confirmation.Nothing(), HERE));
        assertThat(again.session().proof().assurance()).isEqualTo(Assurance.LINK);
        var passkey = added(again.session(), Algorithm.ES256, "key");

        assertThat(refused(house.access.proveAgain(guest, new Confirmation.Nothing(), HERE)))
                .isEqualTo(Reason.NOT_PROVED);
        assertThat(done(house.access.askProof(again.session(), HERE)).ways())
                .containsExactly(ProofAsk.Way.PASSKEY);
        assertThat(done(signIn(passkey)).session().person()).isEqualTo(guest.person());
        assertThat(faults(house.access.makeRecoveryCodes(again.session())))
                .containsExactly("password password.none");
    }

    @Test
    void whoever_has_a_code_confirms_with_no_less() {
        var olga = house.officer().session();

        assertThat(done(house.access.askProof(olga, HERE)).ways())
                .containsExactly(ProofAsk.Way.CODE);
        assertThat(refused(house.access.proveAgain(olga, new Confirmation.Nothing(), HERE)))
                .isEqualTo(Reason.NOT_PROVED);
    }

    @Test
    void a_recovery_code_does_for_the_authenticators_however_it_is_typed_and_once() {
        var olga = house.officer().session();
        var codes = done(house.access.makeRecoveryCodes(olga));
        assertThat(codes).hasSize(10).doesNotHaveDuplicates();
        assertThat(codes).allMatch(code -> code.matches("([A-Z2-7]{4}-){3}[A-Z2-7]{4}"));
        var typed = codes.get(3).toLowerCase(java.util.Locale.ROOT).replace("-", " ");

        var wrongPassword = house.access.signIn("Olga Officer", "another sentence", typed, DESK);
        var signedIn = house.access.signIn("Olga Officer", PASSWORD, typed, DESK);
        var again = house.access.signIn("Olga Officer", PASSWORD, codes.get(3), DESK);

        assertThat(refused(wrongPassword)).isEqualTo(Reason.BAD_CREDENTIALS);
        assertThat(done(signedIn).session().proof().assurance())
                .isEqualTo(Assurance.PASSWORD_AND_CODE);
        assertThat(house.entries(2).getLast().text()).isEqualTo("by password and recovery code");
        assertThat(refused(again)).isEqualTo(Reason.BAD_CREDENTIALS);
        assertThat(done(house.access.recoveryCodesLeft(olga)).left()).isEqualTo(9);
    }

    @Test
    void of_many_who_use_one_recovery_code_at_once_one_signs_in() throws Exception {
        var olga = house.officer().session();
        var code = done(house.access.makeRecoveryCodes(olga)).getFirst();

        var answers = new ArrayList<Answer<SignedIn>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls =
                    List.of("192.0.2.1", "192.0.2.2").stream()
                            .map(from ->
                                    (Callable<Answer<SignedIn>>)
                                            () ->
                                                    house.access.signIn(
                                                            "Olga Officer",
                                                            PASSWORD,
                                                            code,
                                                            origin(from)))
                            .toList();
            for (var answer : threads.invokeAll(calls)) {
                answers.add(answer.get());
            }
        }

        assertThat(answers).filteredOn(Answer.Done.class::isInstance).hasSize(1);
        assertThat(answers)
                .filteredOn(Answer.Refused.class::isInstance)
                .containsExactly(new Answer.Refused<>(Reason.BAD_CREDENTIALS));
    }

    @Test
    void new_recovery_codes_replace_the_old_ones_and_are_nobody_elses() {
        var olga = house.officer();
        var otto = invited(olga.session(), "Otto Operator");
        var old = done(house.access.makeRecoveryCodes(olga.session()));
        var ottos = done(house.access.makeRecoveryCodes(otto.session()));

        var fresh = done(house.access.makeRecoveryCodes(olga.session()));

        assertThat(refused(house.access.signIn("Olga Officer", PASSWORD, old.getFirst(), DESK)))
                .isEqualTo(Reason.BAD_CREDENTIALS);
        assertThat(refused(house.access.signIn("Olga Officer", PASSWORD, ottos.getFirst(), HERE)))
                .isEqualTo(Reason.BAD_CREDENTIALS);
        house.clock.pass(Duration.ofMinutes(15));
        done(house.access.signIn("Olga Officer", PASSWORD, fresh.getFirst(), DESK));
    }

    @Test
    void guessing_a_recovery_code_is_slowed_like_any_other() {
        house.officer();
        for (var i = 0; i < 3; i++) {
            house.access.signIn(
                    "Olga Officer", PASSWORD, "AAAA-AAAA-AAAA-AAAA", origin("192.0.2.6" + i));
        }

        var answer = house.access.signIn("Olga Officer", PASSWORD, "AAAA-AAAA-AAAA-AAAA", DESK);

        assertThat(refused(answer)).isEqualTo(Reason.THROTTLED);
    }

    @Test
    void without_the_log_nothing_is_opened_proved_or_changed() {
        var olga = house.officer();
        var passkey = added(olga.session(), Algorithm.ES256, "key");
        var ask = done(house.access.askNewPasskey(olga.session()));
        var forSignIn = house.access.askPasskey(DESK).challenge();
        var signedFor = signedFor(olga.session(), passkey);

        house.audit.close();

        assertThat(
                        refused(
                                house.access.signInByPasskey(
                                        assertion(passkey.signed(forSignIn)), DESK)))
                .isEqualTo(Reason.AUDIT_UNAVAILABLE);
        assertThat(refused(prove(olga.session(), signedFor))).isEqualTo(Reason.AUDIT_UNAVAILABLE);
        assertThat(
                        refused(
                                house.access.addPasskey(
                                        olga.session(), made(key(ask.user()), ask, "new"))))
                .isEqualTo(Reason.AUDIT_UNAVAILABLE);
        assertThat(refused(house.access.makeRecoveryCodes(olga.session())))
                .isEqualTo(Reason.AUDIT_UNAVAILABLE);
        assertThat(done(house.access.ownPasskeys(olga.session()))).hasSize(1);
    }

    @Test
    void without_the_database_a_passkey_is_told_so() {
        var olga = house.officer().session();
        var passkey = added(olga, Algorithm.ES256, "key");
        var challenge = house.access.askPasskey(DESK).challenge();

        house.line.turnOff();

        var answer = house.access.signInByPasskey(assertion(passkey.signed(challenge)), DESK);
        assertThat(refused(answer)).isEqualTo(Reason.DATABASE_UNAVAILABLE);
    }

    private AccessHouse.Somebody invited(Session officer, String name) {
        return house.invited(officer, name, Template.OPERATOR, NewPerson.CameraChoice.none());
    }

    /// A new one for this user, on a page of ours.
    private static SoftPasskey key(String user) {
        return new SoftPasskey(Algorithm.ES256, HOME.id(), HOME.origin(), user);
    }

    private SoftPasskey added(Session session, Algorithm algorithm, String name) {
        return house.passkey(session, algorithm, name);
    }

    private Answer<Passkey> add(Session session, SoftPasskey passkey) {
        var ask = done(house.access.askNewPasskey(session));
        return house.access.addPasskey(session, made(passkey, ask, "key"));
    }

    private Answer<SignedIn> signIn(SoftPasskey passkey) {
        return signIn(passkey, signed -> signed);
    }

    private Answer<SignedIn> signIn(SoftPasskey passkey, UnaryOperator<Assertion> harm) {
        var signed = passkey.signed(house.access.askPasskey(DESK).challenge());
        return house.access.signInByPasskey(harm.apply(assertion(signed)), DESK);
    }

    private Assertion signedFor(Session session, SoftPasskey passkey) {
        return assertion(
                passkey.signed(done(house.access.askProof(session, DESK)).passkey().challenge()));
    }

    private Answer<SignedIn> prove(Session session, Assertion assertion) {
        return prove(session, new Confirmation.Passkey(assertion));
    }

    private Answer<SignedIn> prove(AccessHouse.Somebody person, String code) {
        return prove(person.session(), new Confirmation.Code(code));
    }

    private Answer<SignedIn> prove(Session session, Confirmation confirmation) {
        return house.access.proveAgain(session, confirmation, DESK);
    }

    private enum Part {
        SIGNATURE,
        AUTHENTICATOR
    }

    /// With one bit of one part turned.
    private static Assertion altered(Assertion signed, Part part) {
        return new Assertion(
                HOME,
                signed.credential(),
                signed.clientData(),
                part == Part.AUTHENTICATOR
                        ? turned(signed.authenticatorData())
                        : signed.authenticatorData(),
                part == Part.SIGNATURE ? turned(signed.signature()) : signed.signature(),
                signed.user());
    }

    private static String turned(String text) {
        var bytes = Base64.getUrlDecoder().decode(text);
        bytes[bytes.length - 1] ^= 1;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static <T> T only(List<T> list) {
        assertThat(list).hasSize(1);
        return list.getFirst();
    }
}
