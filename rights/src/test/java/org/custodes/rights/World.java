package org.custodes.rights;

import java.net.InetAddress;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.custodes.media.CameraId;
import org.custodes.media.MediaClass;
import org.custodes.media.TimeRange;

/// Three people and three cameras: one at the gate, one in the hall, one in the vault room that lies in the hall's
/// group. Everything that a rule can say is said often and differently.
final class World {
    static final ZoneId HELSINKI = ZoneId.of("Europe/Helsinki");
    static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");

    /// A Wednesday, noon in Helsinki.
    static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");

    static final CameraId GATE = camera(1);
    static final CameraId HALL = camera(2);
    static final CameraId SAFE = camera(3);
    static final List<CameraId> CAMERAS = List.of(GATE, HALL, SAFE);

    static final GroupId SITE = group(1);
    static final GroupId HOUSE = group(2);
    static final GroupId CELLAR = group(3);

    static final UUID ADA = person(1);
    static final UUID BEN = person(2);
    static final UUID CLEO = person(3);
    static final List<UUID> PEOPLE = List.of(ADA, BEN, CLEO);

    static final RoleId GUARD = new RoleId("guard");
    static final RoleId CHIEF = new RoleId("chief");
    static final List<RoleId> ROLES = List.of(GUARD, CHIEF);

    static final InetAddress DESK = InetAddress.ofLiteral("192.0.2.17");
    static final InetAddress OUTSIDE = InetAddress.ofLiteral("203.0.113.4");
    static final Network OFFICE = new Network(InetAddress.ofLiteral("192.0.2.0"), 24);

    static final Hours WORKDAYS =
            new Hours(
                    List.of(
                            new Hours.Span(
                                    Set.of(
                                            DayOfWeek.MONDAY,
                                            DayOfWeek.TUESDAY,
                                            DayOfWeek.WEDNESDAY),
                                    LocalTime.of(7, 0),
                                    LocalTime.of(19, 0))));

    static final Hours NIGHTS =
            new Hours(
                    List.of(
                            new Hours.Span(
                                    Set.of(DayOfWeek.values()),
                                    LocalTime.of(22, 0),
                                    LocalTime.of(6, 0))));

    static final List<CameraGroup> GROUPS =
            List.of(
                    new CameraGroup(SITE, Optional.empty(), Set.of(GATE), HELSINKI),
                    new CameraGroup(HOUSE, Optional.of(SITE), Set.of(HALL), HELSINKI),
                    new CameraGroup(CELLAR, Optional.of(HOUSE), Set.of(SAFE), HELSINKI));

    /// One or two of each kind of right.
    static final List<Right> ASKED =
            List.of(
                    Right.OWN_SESSION,
                    Right.WATCH_LIVE,
                    Right.PLAY_BACK,
                    Right.LIFT_MASK,
                    Right.SEE_RESTRICTED,
                    Right.SEE_TIMELINE,
                    Right.EXPORT,
                    Right.ERASE,
                    Right.CONFIGURE_CAMERAS,
                    Right.MANAGE_RIGHTS,
                    Right.READ_AUDIT,
                    Right.APPROVE_EXPORT);

    /// What was granted, in parts, so that a test can add and take away.
    record Granted(
            Set<Permit> permits,
            Set<Ban> bans,
            Set<Assignment> assignments,
            Map<UUID, Instant> trainedUntil,
            Set<Restriction> restrictions) {

        PolicySnapshot snapshot() {
            return snapshotOf(NOW);
        }

        /// As it would be if the cameras lay otherwise.
        PolicySnapshot snapshotIn(List<CameraGroup> groups) {
            return snapshot().in(groups);
        }

        PolicySnapshot snapshotOf(Instant takenAt) {
            return new PolicySnapshot(
                    takenAt,
                    HELSINKI,
                    GROUPS,
                    permits,
                    bans,
                    assignments,
                    trainedUntil,
                    restrictions);
        }

        Granted and(Permit permit) {
            return new Granted(
                    plus(permits, permit), bans, assignments, trainedUntil, restrictions);
        }

        Granted and(Ban ban) {
            return new Granted(permits, plus(bans, ban), assignments, trainedUntil, restrictions);
        }

        Granted and(Assignment given) {
            return new Granted(permits, bans, plus(assignments, given), trainedUntil, restrictions);
        }

        Granted and(Restriction restriction) {
            return new Granted(
                    permits, bans, assignments, trainedUntil, plus(restrictions, restriction));
        }

        Granted without(Permit permit) {
            return new Granted(
                    minus(permits, permit), bans, assignments, trainedUntil, restrictions);
        }

        Granted without(Assignment given) {
            return new Granted(
                    permits, bans, minus(assignments, given), trainedUntil, restrictions);
        }
    }

    private World() {}

    static Granted nothing() {
        return new Granted(Set.of(), Set.of(), Set.of(), trained(), Set.of());
    }

    static Map<UUID, Instant> trained() {
        var until = NOW.plus(Duration.ofDays(100));
        return Map.of(ADA, until, BEN, until, CLEO, until);
    }

    static Assignment given(UUID person, RoleId role) {
        return new Assignment(
                person,
                role,
                new Scope.All(),
                NOW.minus(Duration.ofDays(10)),
                Optional.empty(),
                NOW.plus(Duration.ofDays(80)),
                false);
    }

    static Subject subject(UUID person) {
        return new Subject(
                person,
                "passkey of " + person,
                Assurance.PASSKEY,
                NOW.minus(Duration.ofSeconds(30)),
                DESK);
    }

    /// Ada looks at the hall as it is now.
    static Request live() {
        return new Request(
                subject(ADA),
                Right.WATCH_LIVE,
                Optional.of(HALL),
                Optional.of(MediaClass.VEILED),
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty(),
                "",
                Set.of(),
                List.of());
    }

    /// Ada looks back at the hall.
    static Request back(Duration from, Duration to) {
        var live = live();
        return new Request(
                live.subject(),
                Right.PLAY_BACK,
                live.camera(),
                live.shown(),
                Optional.of(new TimeRange(NOW.minus(from), NOW.minus(to))),
                live.lines(),
                live.purpose(),
                live.caseNumber(),
                live.about(),
                live.concerned(),
                live.approvals());
    }

    static Approval yes(UUID by, Request request) {
        return new Approval(by, "passkey of " + by, request.hash(), NOW.minusSeconds(60));
    }

    static Arbitrary<Granted> granted() {
        return Combinators.combine(
                        permits().set().ofMinSize(3).ofMaxSize(6),
                        bans().set().ofMaxSize(1),
                        assignments().set().ofMinSize(3).ofMaxSize(6),
                        Arbitraries.of(PEOPLE).set(),
                        restrictions().set().ofMaxSize(1))
                .as((permits, bans, assignments, trained, restrictions) -> {
                    var until = new HashMap<UUID, Instant>();
                    // Most are trained, or nothing would ever be allowed.
                    PEOPLE.forEach(person ->
                            until.put(
                                    person,
                                    trained.contains(person)
                                            ? NOW.plusSeconds(1)
                                            : NOW.plus(Duration.ofDays(9))));
                    return new Granted(permits, bans, assignments, until, restrictions);
                });
    }

    static Arbitrary<Set<Right>> rights() {
        return Arbitraries.of(ASKED).set().ofMinSize(3);
    }

    static Arbitrary<Scope> scopes() {
        return Arbitraries.of(
                new Scope.All(),
                new Scope.All(),
                Scope.none(),
                new Scope.Groups(Set.of(SITE)),
                new Scope.Groups(Set.of(HOUSE)),
                new Scope.Groups(Set.of(CELLAR)),
                new Scope.Cameras(Set.of(HALL)),
                new Scope.Cameras(Set.of(GATE, SAFE)));
    }

    /// The three groups, each with other cameras, in others, or by other clocks.
    static Arbitrary<List<CameraGroup>> groups() {
        return Combinators.combine(
                        group(SITE, List.of()),
                        group(HOUSE, List.of(SITE)),
                        group(CELLAR, List.of(HOUSE, SITE)))
                .as(List::of);
    }

    private static Arbitrary<CameraGroup> group(GroupId id, List<GroupId> parents) {
        var parent =
                parents.isEmpty()
                        ? Arbitraries.just(Optional.<GroupId>empty())
                        : Arbitraries.of(parents).optional(0.8);
        return Combinators.combine(
                        parent,
                        Arbitraries.of(CAMERAS).set(),
                        Arbitraries.of(HELSINKI, HELSINKI, HELSINKI, TOKYO))
                .as((outer, cameras, zone) -> new CameraGroup(id, outer, cameras, zone));
    }

    static Arbitrary<Hours> hours() {
        return Arbitraries.of(Hours.always(), Hours.always(), WORKDAYS, WORKDAYS, NIGHTS);
    }

    private record Footage(Optional<Duration> oldest, boolean sinceGiven, OptionalInt tallest) {}

    private record Circumstances(
            Set<String> purposes,
            boolean needsCase,
            int approvals,
            Assurance assurance,
            Optional<Duration> freshWithin,
            Set<Network> from) {}

    static Arbitrary<Permit> permits() {
        var footage =
                Combinators.combine(
                                Arbitraries.of(Duration.ofHours(1), Duration.ofDays(3))
                                        .optional(0.3),
                                Arbitraries.of(true, false, false, false),
                                Arbitraries.of(
                                        OptionalInt.empty(),
                                        OptionalInt.empty(),
                                        OptionalInt.of(360)))
                        .as(Footage::new);
        var circumstances =
                Combinators.combine(
                                Arbitraries.of(
                                        Set.<String>of(),
                                        Set.<String>of(),
                                        Set.<String>of(),
                                        Set.of("incident")),
                                Arbitraries.of(true, false, false, false, false),
                                Arbitraries.of(0, 0, 0, 0, 0, 1, 2),
                                Arbitraries.of(
                                        Assurance.LINK,
                                        Assurance.LINK,
                                        Assurance.PASSWORD_AND_CODE,
                                        Assurance.PASSKEY),
                                Arbitraries.just(Duration.ofMinutes(2)).optional(0.2),
                                Arbitraries.of(
                                        Set.<Network>of(),
                                        Set.<Network>of(),
                                        Set.<Network>of(),
                                        Set.of(OFFICE)))
                        .as(Circumstances::new);
        return Combinators.combine(
                        Arbitraries.of(ROLES),
                        rights(),
                        scopes(),
                        classes(),
                        hours(),
                        footage,
                        circumstances)
                .as((role, rights, scope, classes, hours, seen, when) ->
                        new Permit(
                                role,
                                rights,
                                scope,
                                classes,
                                hours,
                                seen.oldest,
                                seen.sinceGiven,
                                when.purposes,
                                when.needsCase,
                                seen.tallest,
                                when.approvals,
                                when.assurance,
                                when.freshWithin,
                                when.from));
    }

    private static Arbitrary<Set<MediaClass>> classes() {
        return Arbitraries.of(MediaClass.values()).set().ofMinSize(2);
    }

    static Arbitrary<Ban> bans() {
        return Combinators.combine(
                        Arbitraries.of(PEOPLE).optional(0.7),
                        Arbitraries.of(Right.values()).set().ofMinSize(1).ofMaxSize(5),
                        scopes(),
                        hours())
                .as(Ban::new);
    }

    static Arbitrary<Assignment> assignments() {
        return Combinators.combine(
                        Arbitraries.of(PEOPLE),
                        Arbitraries.of(ROLES),
                        Arbitraries.of(
                                new Scope.All(),
                                new Scope.All(),
                                new Scope.Groups(Set.of(HOUSE)),
                                new Scope.Cameras(Set.of(GATE, HALL))),
                        Arbitraries.of(
                                Duration.ofDays(-1),
                                Duration.ofMinutes(20),
                                Duration.ofDays(2),
                                Duration.ofDays(90),
                                Duration.ofDays(91)),
                        Arbitraries.of(Duration.ofDays(-2), Duration.ofDays(5)).optional(0.2),
                        Arbitraries.of(
                                Duration.ofDays(-1),
                                Duration.ofDays(30),
                                Duration.ofDays(90),
                                Duration.ofDays(180)),
                        Arbitraries.of(true, false, false, false))
                .as((person, role, on, ago, until, review, emergency) ->
                        new Assignment(
                                person,
                                role,
                                on,
                                NOW.minus(ago),
                                until.map(NOW::plus),
                                NOW.plus(review),
                                emergency));
    }

    private static Arbitrary<Restriction> restrictions() {
        return Arbitraries.of(CAMERAS)
                .map(camera ->
                        new Restriction(
                                camera,
                                new TimeRange(
                                        NOW.minus(Duration.ofHours(3)),
                                        NOW.minus(Duration.ofHours(2)))));
    }

    private record Wanted(
            Right right,
            Optional<CameraId> camera,
            Optional<MediaClass> shown,
            Optional<TimeRange> interval,
            OptionalInt lines) {}

    static Arbitrary<Request> requests() {
        var who =
                Combinators.combine(
                                Arbitraries.of(PEOPLE),
                                Arbitraries.of(
                                        Assurance.LINK,
                                        Assurance.PASSWORD_AND_CODE,
                                        Assurance.PASSKEY,
                                        Assurance.PASSKEY),
                                Arbitraries.of(10L, 119L, 121L, 9_000L),
                                Arbitraries.of(DESK, DESK, DESK, OUTSIDE))
                        .as((person, assurance, ago, address) ->
                                new Subject(
                                        person,
                                        "passkey of " + person,
                                        assurance,
                                        NOW.minusSeconds(ago),
                                        address));
        var what =
                Combinators.combine(
                                Arbitraries.of(ASKED),
                                Arbitraries.of(CAMERAS).optional(0.95),
                                Arbitraries.of(MediaClass.values()).optional(0.95),
                                intervals().optional(0.8),
                                Arbitraries.of(
                                        OptionalInt.empty(),
                                        OptionalInt.of(360),
                                        OptionalInt.of(1080)))
                        .as(Wanted::new);
        return Combinators.combine(
                        who,
                        what,
                        Arbitraries.of("incident", "curiosity").optional(0.7),
                        Arbitraries.of("2026-17", " ").optional(0.6),
                        Arbitraries.of(PEOPLE).optional(0.3),
                        Arbitraries.of(PEOPLE).set())
                .as((subject, wanted, purpose, caseNumber, concerned, approvers) -> {
                    var asked =
                            new Request(
                                    subject,
                                    wanted.right,
                                    wanted.camera,
                                    wanted.shown,
                                    wanted.interval,
                                    wanted.lines,
                                    purpose,
                                    caseNumber,
                                    "",
                                    concerned.map(Set::of).orElse(Set.of()),
                                    List.of());
                    return asked.with(approvers.stream().map(by -> yes(by, asked)).toList());
                });
    }

    private static Arbitrary<TimeRange> intervals() {
        return Combinators.combine(
                        Arbitraries.of(5, 59, 61, 150, 2_000, 9_000), Arbitraries.of(1, 30, 600))
                .as((minutesAgo, length) -> {
                    var start = NOW.minus(Duration.ofMinutes(minutesAgo));
                    return new TimeRange(start, start.plus(Duration.ofMinutes(length)));
                });
    }

    static <T> Set<T> plus(Set<T> all, T one) {
        var more = new HashSet<>(all);
        more.add(one);
        return more;
    }

    static <T> Set<T> minus(Set<T> all, T one) {
        var fewer = new HashSet<>(all);
        fewer.remove(one);
        return fewer;
    }

    static <T> List<T> turned(Set<T> all) {
        return new ArrayList<>(all).reversed();
    }

    private static CameraId camera(long number) {
        return new CameraId(new UUID(1, number));
    }

    private static GroupId group(long number) {
        return new GroupId(new UUID(2, number));
    }

    private static UUID person(long number) {
        return new UUID(3, number);
    }
}
