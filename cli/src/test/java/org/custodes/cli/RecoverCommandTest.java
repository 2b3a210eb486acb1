package org.custodes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.custodes.access.Access;
import org.custodes.access.Answer;
import org.custodes.access.Enrolment;
import org.custodes.access.Origin;
import org.custodes.access.SignedIn;
import org.custodes.vault.RootKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `custodes recover`: the way back for officers, on the machine itself.
class RecoverCommandTest {
    private static final Origin DESK = new Origin(InetAddress.getLoopbackAddress(), "a test");
    private static final Pattern TOKEN = Pattern.compile("https://localhost:8443/enrol#(\\S+)");

    @TempDir Path place;

    private record Ended(int code, String out, String err) {}

    @Test
    void an_officer_who_lost_everything_comes_back_and_everybody_is_told() {
        String lost;
        try (var house = open()) {
            var links = house.access().firstOfficerLinks();
            lost = enrolled(house.access(), links.getFirst().token(), "Olga").token();
            var _ = enrolled(house.access(), links.getLast().token(), "Dora");
            assertThat(recover().err()).contains("Another custodes is using");
        }

        var undecided = recover();
        var unknown = recover("--officer", "Nobody");
        var done = recover("--officer", "Olga");

        assertThat(undecided.code()).isEqualTo(1);
        assertThat(undecided.err())
                .contains("There are 2 security officers. Say which with --officer: Dora, Olga.");
        assertThat(unknown.err()).contains("No security officer is called 'Nobody'.");
        assertThat(done.code()).as(done.err()).isZero();
        var token = TOKEN.matcher(done.out());
        assertThat(token.find()).isTrue();
        try (var house = open()) {
            assertThat(house.access().session(lost)).isEmpty();
            var again = enrolled(house.access(), Objects.requireNonNull(token.group(1)), "Olga");
            assertThat(again.session().name()).isEqualTo("Olga");
            Waiting.until(
                    "everybody is told",
                    Duration.ofSeconds(10),
                    () -> house.access().officerRecoveredAt().isPresent());
        }
    }

    @Test
    void without_officers_the_first_start_is_the_way_in() {
        open().close();

        var ended = recover();

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains("Nobody is a security officer here yet.");
    }

    @Test
    void where_nothing_is_nothing_is_made() {
        var ended = recover();

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains("There is no data folder of Custodes at");
        assertThat(place.resolve("data")).doesNotExist();
    }

    private House open() {
        return House.open(
                new HouseSettings(
                        place.resolve("data"),
                        List.of(),
                        List.of(),
                        RootKey.file(place.resolve("root.key")),
                        false,
                        Set.of(),
                        InetAddress.getLoopbackAddress(),
                        0,
                        "localhost",
                        Optional.empty()));
    }

    private static SignedIn enrolled(Access access, String token, String name) {
        if (!(access.lookAtEnrolment(token, DESK) instanceof Answer.Done<Enrolment>(var shown))) {
            throw new AssertionError("The link opens nothing");
        }
        var secret = shown.totpSecret();
        var code = BenchAuthenticator.code(secret, Instant.now().getEpochSecond() / 30);
        var answer =
                access.acceptEnrolment(token, Optional.of(name), BenchPerson.PASSWORD, code, DESK);
        if (answer instanceof Answer.Done<SignedIn>(var signedIn)) {
            return signedIn;
        }
        throw new AssertionError("Not enrolled: " + answer);
    }

    private Ended recover(String... more) {
        var out = new StringWriter();
        var err = new StringWriter();
        var words =
                Stream.concat(
                        Stream.of(
                                "recover",
                                "--data",
                                place.resolve("data").toString(),
                                "--root-key",
                                place.resolve("root.key").toString()),
                        Stream.of(more));
        var code =
                Main.run(
                        new Surroundings(
                                new Folders(Map.of(), place, false),
                                InputStream.nullInputStream(),
                                ZoneOffset.UTC),
                        new PrintWriter(out, true),
                        new PrintWriter(err, true),
                        words.toArray(String[]::new));
        return new Ended(code, out.toString(), err.toString());
    }
}
