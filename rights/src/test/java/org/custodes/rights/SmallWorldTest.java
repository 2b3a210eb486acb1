package org.custodes.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.custodes.rights.World.ADA;
import static org.custodes.rights.World.BEN;
import static org.custodes.rights.World.CHIEF;
import static org.custodes.rights.World.CLEO;
import static org.custodes.rights.World.GATE;
import static org.custodes.rights.World.GUARD;
import static org.custodes.rights.World.HOUSE;
import static org.custodes.rights.World.SAFE;
import static org.custodes.rights.World.given;
import static org.custodes.rights.World.nothing;
import static org.custodes.rights.World.yes;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.custodes.media.CameraId;
import org.custodes.media.MediaClass;
import org.custodes.media.TimeRange;
import org.custodes.rights.World.Granted;
import org.junit.jupiter.api.Test;

/// Everything that three people can ask of three cameras, held against the rules of their house told in plain words.
///
/// Ada guards the hall and what lies in it on workdays: live, and the last four hours for an incident. Ben is her
/// chief, of all cameras but the safe's: live and back, and behind the mask if Cleo says yes and there is a case. Cleo
/// gives roles and approves what she did not ask for. Nobody looks at the gate's footage of this morning.
class SmallWorldTest {
    private static final Set<Right> LOOKING = EnumSet.of(Right.WATCH_LIVE, Right.PLAY_BACK);
    private static final RoleId OFFICE = new RoleId("office");

    private static final TimeRange MORNING =
            new TimeRange(
                    Instant.parse("2026-11-25T05:00:00Z"), Instant.parse("2026-11-25T06:00:00Z"));

    private static final List<Instant> MOMENTS =
            List.of(
                    Instant.parse("2026-11-25T10:00:00Z"),
                    Instant.parse("2026-11-25T16:59:00Z"),
                    Instant.parse("2026-11-25T17:00:00Z"),
                    Instant.parse("2026-11-28T10:00:00Z"));

    private static final List<Duration> AGES =
            List.of(
                    Duration.ofMinutes(30),
                    Duration.ofHours(4),
                    Duration.ofMinutes(241),
                    Duration.ofHours(5));

    private static Granted house() {
        var guarding =
                new Permit(
                        GUARD,
                        Set.of(Right.PLAY_BACK),
                        new Scope.Groups(Set.of(HOUSE)),
                        Set.of(MediaClass.VEILED),
                        World.WORKDAYS,
                        Optional.of(Duration.ofHours(4)),
                        false,
                        Set.of("incident"),
                        false,
                        OptionalInt.empty(),
                        0,
                        Assurance.LINK,
                        Optional.empty(),
                        Set.of());
        var watching =
                new Permit(
                        GUARD,
                        Set.of(Right.WATCH_LIVE),
                        guarding.scope(),
                        guarding.classes(),
                        World.WORKDAYS,
                        Optional.empty(),
                        false,
                        Set.of(),
                        false,
                        OptionalInt.empty(),
                        0,
                        Assurance.LINK,
                        Optional.empty(),
                        Set.of());
        var lifting =
                new Permit(
                        CHIEF,
                        EnumSet.of(Right.WATCH_LIVE, Right.PLAY_BACK, Right.LIFT_MASK),
                        new Scope.All(),
                        Set.of(MediaClass.ORIGINAL),
                        Hours.always(),
                        Optional.empty(),
                        false,
                        Set.of(),
                        true,
                        OptionalInt.empty(),
                        1,
                        Assurance.PASSKEY,
                        Optional.empty(),
                        Set.of());
        return nothing()
                .and(given(ADA, GUARD))
                .and(given(BEN, CHIEF))
                .and(given(CLEO, OFFICE))
                .and(guarding)
                .and(watching)
                .and(Permit.of(CHIEF, LOOKING, new Scope.All()))
                .and(lifting)
                .and(
                        Permit.of(
                                OFFICE,
                                EnumSet.of(Right.MANAGE_RIGHTS, Right.APPROVE_LIFT),
                                new Scope.All()))
                .and(
                        new Ban(
                                Optional.of(BEN),
                                EnumSet.allOf(Right.class),
                                new Scope.Cameras(Set.of(SAFE)),
                                Hours.always()))
                .and(new Restriction(GATE, MORNING));
    }

    private static boolean mayInPlainWords(Request request, Instant now, boolean cleoSaidYes) {
        var who = request.subject().person();
        var where = request.camera().orElseThrow();
        var kind = request.shown().orElseThrow();
        if (who.equals(CLEO)) {
            return (request.right() == Right.MANAGE_RIGHTS || request.right() == Right.APPROVE_LIFT)
                    && !request.concerned().contains(CLEO);
        }
        var hidden =
                where.equals(GATE)
                        && request.interval().filter(range -> range.overlaps(MORNING)).isPresent();
        if (hidden || !(LOOKING.contains(request.right()) || request.right() == Right.LIFT_MASK)) {
            return false;
        }
        if (request.right() == Right.PLAY_BACK && request.interval().isEmpty()) {
            return false;
        }
        if (who.equals(BEN)) {
            if (where.equals(SAFE)) {
                return false;
            }
            var lifts =
                    kind == MediaClass.ORIGINAL
                            && cleoSaidYes
                            && !request.concerned().contains(CLEO)
                            && request.caseNumber().isPresent()
                            && request.subject().assurance() == Assurance.PASSKEY;
            return lifts || (kind == MediaClass.VEILED && request.right() != Right.LIFT_MASK);
        }
        var onDuty = now.equals(MOMENTS.get(0)) || now.equals(MOMENTS.get(1));
        if (where.equals(GATE) || kind != MediaClass.VEILED || !onDuty) {
            return false;
        }
        return request.right() == Right.WATCH_LIVE
                || (request.right() == Right.PLAY_BACK
                        && request.purpose().filter("incident"::equals).isPresent()
                        && !request.interval()
                                .orElseThrow()
                                .start()
                                .isBefore(now.minus(Duration.ofHours(4))));
    }

    @Test
    void whatever_they_ask_is_decided_as_the_rules_are_told() {
        var asked = 0;
        var allowed = 0;
        for (var now : MOMENTS) {
            var policy = house().snapshotOf(now);
            for (var person : World.PEOPLE) {
                for (var right : World.ASKED) {
                    for (var camera : World.CAMERAS) {
                        for (var request : variants(person, right, camera, now)) {
                            var may = mayInPlainWords(request, now, !request.approvals().isEmpty());
                            assertThat(Decide.decide(request, policy, now).allows())
                                    .as("%s at %s", request, now)
                                    .isEqualTo(may);
                            asked++;
                            allowed += may ? 1 : 0;
                        }
                    }
                }
            }
        }
        assertThat(asked).isGreaterThan(100_000);
        assertThat(allowed).isGreaterThan(5_000);
    }

    private static List<Request> variants(UUID person, Right right, CameraId camera, Instant now) {
        var variants = new ArrayList<Request>();
        var intervals = new ArrayList<Optional<TimeRange>>();
        intervals.add(Optional.empty());
        AGES.forEach(age ->
                intervals.add(
                        Optional.of(
                                new TimeRange(now.minus(age), now.minus(age).plusSeconds(600)))));
        for (var shown : MediaClass.values()) {
            for (var interval : intervals) {
                for (var assurance : Assurance.values()) {
                    for (var purpose : List.of(Optional.of("incident"), Optional.<String>empty())) {
                        for (var caseNumber :
                                List.of(Optional.of("2026-17"), Optional.<String>empty())) {
                            for (var concerned : List.of(Set.<UUID>of(), Set.of(CLEO))) {
                                var bare =
                                        new Request(
                                                new Subject(
                                                        person,
                                                        "passkey of " + person,
                                                        assurance,
                                                        now,
                                                        World.DESK),
                                                right,
                                                Optional.of(camera),
                                                Optional.of(shown),
                                                interval,
                                                OptionalInt.empty(),
                                                purpose,
                                                caseNumber,
                                                "",
                                                concerned,
                                                List.of());
                                variants.add(bare);
                                var said = yes(CLEO, bare);
                                variants.add(
                                        bare.with(
                                                List.of(
                                                        new Approval(
                                                                CLEO,
                                                                said.credential(),
                                                                said.request(),
                                                                now))));
                            }
                        }
                    }
                }
            }
        }
        return variants;
    }
}
