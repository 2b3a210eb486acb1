package org.custodes.rights;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.custodes.media.MediaClass;
import org.custodes.media.TimeRange;

/// May they? Total, without I/O, and the same for the same arguments (PRIVACY section 6).
public final class Decide {
    /// Of two lists of grounds, which tells of what came nearer to a yes. The same whatever order rules have.
    private static final Comparator<List<Ground>> NEARER =
            Comparator.<List<Ground>, Ground>comparing(List::getFirst)
                    .thenComparingInt(grounds -> -grounds.size())
                    .thenComparing(List::toString);

    private final Request request;
    private final PolicySnapshot policy;
    private final Instant now;
    private final int mostApprovals;

    private Decide(Request request, PolicySnapshot policy, Instant now, int mostApprovals) {
        this.request = request;
        this.policy = policy;
        this.now = now;
        this.mostApprovals = mostApprovals;
    }

    /// The answer to this request by what was granted then.
    ///
    /// @param now by the recorder's clock
    public static Decision decide(Request request, PolicySnapshot policy, Instant now) {
        return new Decide(request, policy, now, Permit.MOST_APPROVALS).decision();
    }

    /// As [#decide], by those permits alone that need nobody else's yes: whoever may ask for one is told what it
    /// would help against.
    public static Decision unaided(Request request, PolicySnapshot policy, Instant now) {
        return new Decide(request, policy, now, 0).decision();
    }

    /// The rights that somebody has by a role that holds now, each under conditions of its own: what is worth to be
    /// offered to them. Whether one of them may be used only [#decide] says.
    public static Set<Right> held(UUID person, PolicySnapshot policy, Instant now) {
        var held = EnumSet.noneOf(Right.class);
        for (var given : policy.assignments(person)) {
            if (given.holds(now)) {
                policy.permits(given.role()).forEach(permit -> held.addAll(permit.rights()));
            }
        }
        return held;
    }

    /// What of a request's interval would be shown: every limit of age is a moment from which on all may be seen.
    ///
    /// @return all of it, or its younger part; if nothing of it would be shown, its youngest part, so that an age
    ///     is no ground that stands before the others
    public static Request shown(Request request, PolicySnapshot policy, Instant now) {
        var interval = request.interval().orElseThrow();
        var starts =
                Stream.concat(Stream.of(interval.start()), limits(request, policy, now))
                        .filter(start -> !start.isBefore(interval.start()))
                        .filter(start -> start.isBefore(interval.end()))
                        .sorted()
                        .toList();
        return starts.stream()
                .map(request::since)
                .filter(part -> decide(part, policy, now).allows())
                .findFirst()
                .orElseGet(() -> request.since(starts.getLast()));
    }

    private static Stream<Instant> limits(Request request, PolicySnapshot policy, Instant now) {
        var roles = policy.assignments(request.subject().person());
        var ages =
                roles.stream()
                        .flatMap(given -> policy.permits(given.role()).stream())
                        .flatMap(permit -> permit.oldest().stream())
                        .map(now::minus);
        var restricted =
                policy.restrictions().stream()
                        .filter(one -> request.camera().filter(one.camera()::equals).isPresent())
                        .map(one -> one.interval().end());
        return Stream.of(roles.stream().map(Assignment::since), ages, restricted)
                .flatMap(moments -> moments);
    }

    private Decision decision() {
        var outright = outright();
        if (!outright.isEmpty()) {
            return new Decision.Refused(outright);
        }
        var by = new HashSet<Permit>();
        var tallest = OptionalInt.empty();
        var until = trainingEnds();
        for (var right : needed()) {
            var found = matches(right);
            if (found.matches.isEmpty()) {
                return new Decision.Refused(found.nearest);
            }
            found.matches.forEach(match -> by.add(match.permit));
            tallest = lower(tallest, tallest(found.matches));
            until = earlier(until, ends(found.matches));
        }
        return new Decision.Allowed(by, tallest, until);
    }

    /// What no permit helps against.
    private List<Ground> outright() {
        if (isStale()) {
            return List.of(Ground.POLICY_STALE);
        }
        if (isIncomplete()) {
            return List.of(Ground.REQUEST_INCOMPLETE);
        }
        if (isForbidden()) {
            return List.of(Ground.FORBIDDEN);
        }
        if (request.right().impartial()
                && request.concerned().contains(request.subject().person())) {
            return List.of(Ground.OWN_AFFAIR);
        }
        return now.isBefore(trainingEnds()) ? List.of() : List.of(Ground.TRAINING_EXPIRED);
    }

    private boolean isStale() {
        var age = Duration.between(policy.takenAt(), now);
        var goesOnWatching =
                request.right() == Right.WATCH_LIVE
                        && request.shown().filter(kind -> kind == MediaClass.VEILED).isPresent();
        var goodFor = goesOnWatching ? PolicySnapshot.GOOD_FOR_LIVE : PolicySnapshot.GOOD_FOR;
        return age.isNegative() || age.compareTo(goodFor) > 0;
    }

    private boolean isIncomplete() {
        var right = request.right();
        return (right.ofCamera() && request.camera().isEmpty())
                || (right.showsMedia() && request.shown().isEmpty())
                || (right.looksBack() && request.interval().isEmpty());
    }

    private boolean isForbidden() {
        var zones = policy.zones(request.camera());
        return policy.bans().stream()
                .filter(ban -> ban.rights().contains(request.right()))
                .filter(ban ->
                        ban.person()
                                .filter(one -> !one.equals(request.subject().person()))
                                .isEmpty())
                .filter(ban -> !request.right().ofCamera() || covers(ban.scope()))
                .anyMatch(ban -> zones.stream().anyMatch(zone -> ban.hours().hold(now, zone)));
    }

    private Instant trainingEnds() {
        return request.right().withoutTraining()
                ? Instant.MAX
                : policy.trainedUntil(request.subject().person()).orElse(Instant.MIN);
    }

    /// The right that was asked for, and what the footage demands beside it.
    private Set<Right> needed() {
        var rights = EnumSet.of(request.right());
        if (request.right().showsMedia()) {
            request.shown()
                    .filter(kind -> kind == MediaClass.ORIGINAL)
                    .ifPresent(_ -> rights.add(Right.LIFT_MASK));
            if (isRestricted()) {
                rights.add(Right.SEE_RESTRICTED);
            }
        }
        return rights;
    }

    private boolean isRestricted() {
        return policy.restrictions().stream()
                .filter(one -> request.camera().filter(one.camera()::equals).isPresent())
                .anyMatch(one -> request.interval().filter(one.interval()::overlaps).isPresent());
    }

    private record Match(Permit permit, Assignment given) {}

    /// @param nearest what stands against the permit that comes nearest, if none matches
    private record Found(List<Match> matches, List<Ground> nearest) {}

    private Found matches(Right right) {
        var matches = new ArrayList<Match>();
        var nearest = List.of(missing(right));
        for (var given : policy.assignments(request.subject().person())) {
            for (var permit : policy.permits(given.role())) {
                if (permit.rights().contains(right) && permit.approvals() <= mostApprovals) {
                    var against = against(right, permit, given);
                    if (against.isEmpty()) {
                        matches.add(new Match(permit, given));
                    } else if (NEARER.compare(against, nearest) > 0) {
                        nearest = against;
                    }
                }
            }
        }
        return new Found(matches, nearest);
    }

    private Ground missing(Right right) {
        if (right == request.right()) {
            return Ground.RIGHT_MISSING;
        }
        return right == Right.LIFT_MASK ? Ground.CLASS_NOT_GIVEN : Ground.RESTRICTED;
    }

    /// In the order of [Ground].
    private List<Ground> against(Right right, Permit permit, Assignment given) {
        var grounds = EnumSet.noneOf(Ground.class);
        if (!given.holds(now)) {
            grounds.add(Ground.ROLE_ENDED);
        }
        if (given.emergency() && right.neverInEmergency()) {
            grounds.add(Ground.EMERGENCY_ONLY);
        }
        againstFootage(right, permit, given, grounds);
        againstCircumstances(permit, grounds);
        return List.copyOf(grounds);
    }

    private void againstFootage(Right right, Permit permit, Assignment given, Set<Ground> grounds) {
        if (right.ofCamera() && !(covers(permit.scope()) && covers(given.on()))) {
            grounds.add(Ground.CAMERA_NOT_GIVEN);
        }
        if (!right.showsMedia()) {
            return;
        }
        if (request.shown().filter(permit.classes()::contains).isEmpty()) {
            grounds.add(Ground.CLASS_NOT_GIVEN);
        }
        var start = request.interval().map(TimeRange::start).orElse(now);
        var age = Duration.between(start, now);
        if (permit.oldest().filter(oldest -> age.compareTo(oldest) > 0).isPresent()) {
            grounds.add(Ground.TOO_OLD);
        }
        if (permit.sinceGiven() && start.isBefore(given.since())) {
            grounds.add(Ground.BEFORE_GIVEN);
        }
        if (permit.tallest().isPresent()
                && request.lines().orElse(0) > permit.tallest().getAsInt()) {
            grounds.add(Ground.TOO_TALL);
        }
    }

    private void againstCircumstances(Permit permit, Set<Ground> grounds) {
        var subject = request.subject();
        if (!permit.from().isEmpty()
                && permit.from().stream().noneMatch(from -> from.contains(subject.address()))) {
            grounds.add(Ground.NETWORK_NOT_GIVEN);
        }
        if (!policy.zones(request.camera()).stream()
                .allMatch(zone -> permit.hours().hold(now, zone))) {
            grounds.add(Ground.OUTSIDE_HOURS);
        }
        if (subject.assurance().compareTo(permit.assurance()) < 0) {
            grounds.add(Ground.ASSURANCE_TOO_LOW);
        }
        if (permit.freshWithin().filter(within -> !isFresh(within)).isPresent()) {
            grounds.add(Ground.PROOF_TOO_OLD);
        }
        if (!permit.purposes().isEmpty()
                && request.purpose().filter(permit.purposes()::contains).isEmpty()) {
            grounds.add(Ground.PURPOSE_NEEDED);
        }
        if (permit.needsCase() && request.caseNumber().filter(one -> !one.isBlank()).isEmpty()) {
            grounds.add(Ground.CASE_NEEDED);
        }
        if (!isApproved(permit.approvals())) {
            grounds.add(Ground.APPROVAL_NEEDED);
        }
    }

    private boolean isFresh(Duration within) {
        var age = Duration.between(request.subject().provedAt(), now);
        return !age.isNegative() && age.compareTo(within) <= 0;
    }

    private boolean isApproved(int wanted) {
        if (wanted == 0) {
            return true;
        }
        var hash = request.hash();
        var good =
                request.approvals().stream()
                        .filter(approval -> approval.request().equals(hash))
                        .filter(approval -> approval.isGood(now))
                        .filter(approval -> !approval.by().equals(request.subject().person()))
                        .filter(approval ->
                                !approval.credential().equals(request.subject().credential()))
                        .filter(approval -> !request.concerned().contains(approval.by()))
                        .toList();
        return wanted == 1
                ? !good.isEmpty()
                : good.stream()
                        .anyMatch(one -> good.stream().anyMatch(other -> areTwo(one, other)));
    }

    private static boolean areTwo(Approval one, Approval other) {
        return !one.by().equals(other.by()) && !one.credential().equals(other.credential());
    }

    private boolean covers(Scope scope) {
        return request.camera().filter(camera -> policy.covers(scope, camera)).isPresent();
    }

    /// Each of the matches alone allows it: the tallest of them counts.
    private static OptionalInt tallest(List<Match> matches) {
        return matches.stream().anyMatch(match -> match.permit.tallest().isEmpty())
                ? OptionalInt.empty()
                : matches.stream().mapToInt(match -> match.permit.tallest().getAsInt()).max();
    }

    private static OptionalInt lower(OptionalInt one, OptionalInt other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.isEmpty() ? other : one;
        }
        return OptionalInt.of(Math.min(one.getAsInt(), other.getAsInt()));
    }

    /// When the last of them ends.
    private Instant ends(List<Match> matches) {
        return matches.stream().map(this::ends).max(Comparator.naturalOrder()).orElse(now);
    }

    private Instant ends(Match match) {
        var given = match.given;
        var end = earlier(given.reviewBy(), given.until().orElse(Instant.MAX));
        for (var zone : policy.zones(request.camera())) {
            end = earlier(end, match.permit.hours().end(now, zone).orElse(Instant.MAX));
        }
        return end;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
