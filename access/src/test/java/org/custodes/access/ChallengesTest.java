package org.custodes.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.UUID;
import org.custodes.access.Challenges.Purpose;
import org.custodes.house.HeldClock;
import org.custodes.media.Bytes;
import org.junit.jupiter.api.Test;

class ChallengesTest {
    private static final Purpose SIGN_IN = new Purpose.SignIn();
    private static final UUID SESSION = new UUID(0, 1);
    private static final UUID OTHER_SESSION = new UUID(0, 2);

    private final HeldClock clock = new HeldClock();
    private final Challenges challenges = new Challenges(3, 5, clock, new Counting());

    @Test
    void a_challenge_is_taken_once_within_two_minutes() {
        var made = challenges.make("desk", SIGN_IN);
        var late = challenges.make("desk", SIGN_IN);
        clock.pass(Duration.ofMinutes(2).minusNanos(1));

        assertThat(challenges.take(made.challenge(), SIGN_IN)).isTrue();
        assertThat(challenges.take(made.challenge(), SIGN_IN)).isFalse();
        clock.pass(Duration.ofNanos(1));
        assertThat(late.until()).isEqualTo(clock.instant());
        assertThat(challenges.take(late.challenge(), SIGN_IN)).isFalse();
    }

    @Test
    void what_is_signed_for_an_act_is_sha_256_over_its_hash_and_chance() {
        var act = sha256("end retention of camera 1".getBytes(StandardCharsets.US_ASCII));
        var chance = new byte[32];
        chance[31] = 1;
        var both = new byte[64];
        System.arraycopy(act.array(), 0, both, 0, 32);
        System.arraycopy(chance, 0, both, 32, 32);

        var made = challenges.make("olga", new Purpose.Proving(SESSION, act));

        assertThat(made.challenge()).isEqualTo(sha256(both));
    }

    @Test
    void a_challenge_is_good_for_one_session_and_one_act() {
        var act = sha256(new byte[] {1});
        var purpose = new Purpose.Proving(SESSION, act);

        for (var other :
                new Purpose[] {
                    new Purpose.Proving(SESSION, sha256(new byte[] {2})),
                    new Purpose.Proving(OTHER_SESSION, act),
                    new Purpose.Registration(SESSION),
                    SIGN_IN
                }) {
            var made = challenges.make("olga", purpose);
            assertThat(challenges.take(made.challenge(), other)).isFalse();
            assertThat(challenges.take(made.challenge(), purpose)).isFalse();
        }
        var made = challenges.make("olga", purpose);
        assertThat(
                        challenges.take(
                                made.challenge(),
                                new Purpose.Proving(SESSION, sha256(new byte[] {1}))))
                .isTrue();
    }

    @Test
    void an_act_is_told_by_a_hash() {
        assertThatThrownBy(() -> new Purpose.Proving(SESSION, Bytes.of(new byte[31])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("31");
    }

    @Test
    void whoever_asks_for_too_many_loses_their_own_oldest_and_nobody_elses() {
        var others = challenges.make("hall", SIGN_IN);
        var own = new ArrayList<Bytes>();
        for (var i = 0; i < 4; i++) {
            own.add(challenges.make("desk", SIGN_IN).challenge());
        }

        assertThat(challenges.take(own.getFirst(), SIGN_IN)).isFalse();
        for (var kept : own.subList(1, 4)) {
            assertThat(challenges.take(kept, SIGN_IN)).isTrue();
        }
        assertThat(challenges.take(others.challenge(), SIGN_IN)).isTrue();
    }

    @Test
    void of_all_that_wait_the_oldest_goes_when_there_are_too_many() {
        var made = new ArrayList<Bytes>();
        for (var i = 0; i < 6; i++) {
            made.add(challenges.make("source " + i, SIGN_IN).challenge());
        }

        assertThat(challenges.take(made.getFirst(), SIGN_IN)).isFalse();
        for (var kept : made.subList(1, 6)) {
            assertThat(challenges.take(kept, SIGN_IN)).isTrue();
        }
    }

    private static Bytes sha256(byte[] bytes) {
        return Bytes.of(Challenges.sha256().digest(bytes));
    }

    /// Chance that can be foretold: 1, 2, 3, …
    private static final class Counting extends SecureRandom {
        private static final long serialVersionUID = 1L;

        private byte next;

        @Override
        public void nextBytes(byte[] bytes) {
            next++;
            bytes[bytes.length - 1] = next;
        }
    }
}
