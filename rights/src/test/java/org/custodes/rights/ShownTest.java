package org.custodes.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.custodes.rights.World.ADA;
import static org.custodes.rights.World.GUARD;
import static org.custodes.rights.World.HALL;
import static org.custodes.rights.World.NOW;
import static org.custodes.rights.World.given;
import static org.custodes.rights.World.nothing;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.custodes.media.TimeRange;
import org.custodes.rights.World.Granted;
import org.junit.jupiter.api.Test;

/// Of an interval that is asked for, the part that would be shown.
@PropertyDefaults(edgeCases = EdgeCasesMode.NONE)
class ShownTest {
    private static final Duration LIMIT = Duration.ofHours(4);
    private static final Instant YESTERDAY = NOW.minus(Duration.ofDays(1));

    private static Permit looksBack(Optional<Duration> oldest, Set<String> purposes) {
        var all = Permit.of(GUARD, EnumSet.of(Right.PLAY_BACK), new Scope.All());
        return new Permit(
                all.role(),
                all.rights(),
                all.scope(),
                all.classes(),
                all.hours(),
                oldest,
                all.sinceGiven(),
                purposes,
                all.needsCase(),
                all.tallest(),
                all.approvals(),
                all.assurance(),
                all.freshWithin(),
                all.from());
    }

    private static Granted adaHas(Permit permit) {
        return nothing().and(permit).and(given(ADA, GUARD));
    }

    private static Instant from(Request request, Granted granted) {
        return Decide.shown(request, granted.snapshot(), NOW).interval().orElseThrow().start();
    }

    private static Request lastThreeDays() {
        return World.back(Duration.ofDays(3), Duration.ofMinutes(1)).on(HALL);
    }

    @Property
    void whatever_part_to_its_end_may_be_seen_is_shown(
            @ForAll("granted") Granted granted,
            @ForAll("requests") Request request,
            @ForAll @IntRange(max = 999) int thousandths) {
        Assume.that(request.interval().isPresent());
        var interval = request.interval().orElseThrow();
        var length = Duration.between(interval.start(), interval.end());
        var start = interval.start().plus(length.multipliedBy(thousandths).dividedBy(1_000));
        Assume.that(start.isBefore(interval.end()));

        var shown = Decide.shown(request, granted.snapshot(), NOW);

        var from = shown.interval().orElseThrow().start();
        assertThat(shown).isEqualTo(request.since(from));
        assertThat(from).isAfterOrEqualTo(interval.start()).isBefore(interval.end());
        if (Decide.decide(request.since(start), granted.snapshot(), NOW).allows()) {
            assertThat(Decide.decide(shown, granted.snapshot(), NOW).allows()).isTrue();
            assertThat(from).isBeforeOrEqualTo(start);
        }
    }

    @Test
    void of_what_nothing_limits_all_is_shown() {
        var granted = adaHas(looksBack(Optional.empty(), Set.of()));

        assertThat(Decide.shown(lastThreeDays(), granted.snapshot(), NOW))
                .isEqualTo(lastThreeDays());
    }

    @Test
    void of_what_is_partly_too_old_the_younger_part_is_shown() {
        var granted = adaHas(looksBack(Optional.of(LIMIT), Set.of()));

        assertThat(from(lastThreeDays(), granted)).isEqualTo(NOW.minus(LIMIT));
    }

    @Test
    void of_what_is_too_old_to_its_end_nothing_is_shown() {
        var granted = adaHas(looksBack(Optional.of(LIMIT), Set.of()));
        var old = World.back(Duration.ofDays(3), Duration.ofDays(2)).on(HALL);

        var shown = Decide.shown(old, granted.snapshot(), NOW);

        assertThat(Decide.decide(shown, granted.snapshot(), NOW))
                .isEqualTo(new Decision.Refused(List.of(Ground.TOO_OLD)));
    }

    @Test
    void what_is_missing_besides_is_told_and_not_the_age() {
        var granted = adaHas(looksBack(Optional.of(LIMIT), Set.of("incident")));

        var shown =
                Decide.shown(
                        lastThreeDays().forPurpose(Optional.empty(), Optional.empty()),
                        granted.snapshot(),
                        NOW);

        assertThat(Decide.decide(shown, granted.snapshot(), NOW))
                .isEqualTo(new Decision.Refused(List.of(Ground.PURPOSE_NEEDED)));
    }

    @Test
    void what_lies_before_restricted_footage_is_not_shown_either() {
        var granted =
                adaHas(looksBack(Optional.empty(), Set.of()))
                        .and(
                                new Restriction(
                                        HALL, new TimeRange(YESTERDAY, YESTERDAY.plusSeconds(60))));

        assertThat(from(lastThreeDays(), granted)).isEqualTo(YESTERDAY.plusSeconds(60));
    }

    @Test
    void what_somebody_has_now_is_worth_to_be_offered_and_what_has_ended_is_not() {
        var granted = adaHas(looksBack(Optional.empty(), Set.of("incident")));

        assertThat(Decide.held(ADA, granted.snapshot(), NOW)).containsExactly(Right.PLAY_BACK);
        assertThat(Decide.held(World.BEN, granted.snapshot(), NOW)).isEmpty();
        assertThat(Decide.held(ADA, granted.snapshot(), NOW.plus(Duration.ofDays(10_000))))
                .isEmpty();
    }

    @Test
    void a_policy_that_is_looked_at_again_is_the_same_policy() {
        var policy = adaHas(looksBack(Optional.empty(), Set.of())).snapshot();

        var again = policy.at(NOW.plusSeconds(90));

        assertThat(again.takenAt()).isEqualTo(NOW.plusSeconds(90));
        assertThat(again.hash()).isEqualTo(policy.hash());
        assertThat(Decide.decide(lastThreeDays(), again, NOW.plusSeconds(90)).allows()).isTrue();
    }

    @Provide
    Arbitrary<Granted> granted() {
        return World.granted();
    }

    @Provide
    Arbitrary<Request> requests() {
        return World.requests();
    }
}
