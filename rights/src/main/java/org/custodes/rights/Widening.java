package org.custodes.rights;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.custodes.media.CameraId;

/// Whether a change of what is granted may allow somebody something that it did not allow before: then it needs a
/// second person. What narrows, and only that, works at once.
///
/// It compares rules and asks nobody: where two rules together cover what one did, it says that it widens. It never
/// says the contrary of what does. That cameras come into a group widens only if somebody has something on it, or on
/// one that it lies in.
public final class Widening {
    private final PolicySnapshot before;
    private final PolicySnapshot after;

    private Widening(PolicySnapshot before, PolicySnapshot after) {
        this.before = before;
        this.after = after;
    }

    /// Whether there may be a request that is allowed after the change and was not before it.
    public static boolean widens(PolicySnapshot before, PolicySnapshot after) {
        return !new Widening(before, after).narrows();
    }

    private boolean narrows() {
        return after.zones(Optional.empty()).equals(before.zones(Optional.empty()))
                && Stream.of(before, after)
                        .flatMap(policy -> policy.placed().stream())
                        .allMatch(this::isAsFarInTime)
                && after.restrictions().containsAll(before.restrictions())
                && after.assignments().stream().allMatch(this::wasGiven)
                && before.bans().stream().allMatch(this::isStillBanned);
    }

    /// What is granted holds within hours at each of a camera's places, and what is forbidden at one of them: to hang
    /// in more zones allows no more.
    private boolean isAsFarInTime(CameraId camera) {
        var place = Optional.of(camera);
        return after.zones(place).containsAll(before.zones(place));
    }

    private boolean wasGiven(Assignment given) {
        var trained = after.trainedUntil(given.person()).orElse(Instant.MIN);
        var wasTrained = before.trainedUntil(given.person()).orElse(Instant.MIN);
        return !trained.isAfter(wasTrained)
                && after.permits(given.role()).stream()
                        .allMatch(permit -> wasPermitted(given, permit));
    }

    private boolean wasPermitted(Assignment given, Permit permit) {
        return before.assignments(given.person()).stream()
                .filter(old -> isWithin(given, old))
                .anyMatch(old ->
                        before.permits(old.role()).stream()
                                .filter(wider -> isWithin(permit, wider))
                                .anyMatch(wider ->
                                        !wider.sinceGiven()
                                                || (permit.sinceGiven()
                                                        && !given.since().isBefore(old.since()))));
    }

    private boolean isWithin(Assignment one, Assignment wider) {
        return isWithin(one.on(), after, wider.on(), before)
                && !one.since().isBefore(wider.since())
                && !one.until().orElse(Instant.MAX).isAfter(wider.until().orElse(Instant.MAX))
                && !one.reviewBy().isAfter(wider.reviewBy())
                && (one.emergency() || !wider.emergency());
    }

    private boolean isWithin(Permit one, Permit wider) {
        return wider.rights().containsAll(one.rights())
                && isWithin(one.scope(), after, wider.scope(), before)
                && wider.classes().containsAll(one.classes())
                && isWithin(one.hours(), wider.hours())
                && isAtMost(one.oldest(), wider.oldest())
                && isAmong(one.purposes(), wider.purposes())
                && (one.needsCase() || !wider.needsCase())
                && isAtMost(one.tallest(), wider.tallest())
                && one.approvals() >= wider.approvals()
                && one.assurance().compareTo(wider.assurance()) >= 0
                && isAtMost(one.freshWithin(), wider.freshWithin())
                && isFrom(one.from(), wider.from());
    }

    private boolean isStillBanned(Ban old) {
        return after.bans().stream()
                .anyMatch(ban ->
                        ban.person().filter(one -> !old.person().equals(Optional.of(one))).isEmpty()
                                && ban.rights().containsAll(old.rights())
                                && isWithin(old.scope(), before, ban.scope(), after)
                                && isWithin(old.hours(), ban.hours()));
    }

    /// Whether all cameras of the one are among the other's, and whatever comes to the one later comes to the other
    /// by that: a group is no list, even if it holds the same today.
    private static boolean isWithin(
            Scope one, PolicySnapshot here, Scope wider, PolicySnapshot there) {
        return switch (one) {
            case Scope.All() -> wider instanceof Scope.All;
            case Scope.Cameras(var cameras) ->
                    cameras.stream().allMatch(camera -> there.covers(wider, camera));
            case Scope.Groups(var groups) ->
                    wider instanceof Scope.All
                            || (wider instanceof Scope.Groups(var others)
                                    && groups.stream()
                                            .allMatch(group -> liesIn(group, others, there))
                                    && groups.stream()
                                            .flatMap(group -> here.cameras(group).stream())
                                            .allMatch(camera -> there.covers(wider, camera)));
        };
    }

    private static boolean liesIn(GroupId group, Set<GroupId> others, PolicySnapshot there) {
        return there.around(group).stream().anyMatch(others::contains);
    }

    private static boolean isWithin(Hours one, Hours wider) {
        return wider.equals(Hours.always())
                || one.spans().stream()
                        .allMatch(span ->
                                wider.spans().stream().anyMatch(other -> isWithin(span, other)));
    }

    private static boolean isWithin(Hours.Span one, Hours.Span wider) {
        var sameDay = one.from().isBefore(one.to()) && wider.from().isBefore(wider.to());
        return wider.days().containsAll(one.days())
                && (sameDay
                        ? !one.from().isBefore(wider.from()) && !one.to().isAfter(wider.to())
                        : one.from().equals(wider.from()) && one.to().equals(wider.to()));
    }

    private static boolean isAtMost(Optional<Duration> one, Optional<Duration> most) {
        return most.isEmpty() || one.filter(time -> time.compareTo(most.get()) <= 0).isPresent();
    }

    private static boolean isAtMost(OptionalInt one, OptionalInt most) {
        return most.isEmpty() || (one.isPresent() && one.getAsInt() <= most.getAsInt());
    }

    /// None means any.
    private static boolean isAmong(Set<String> one, Set<String> wider) {
        return wider.isEmpty() || (!one.isEmpty() && wider.containsAll(one));
    }

    /// None means any.
    private static boolean isFrom(Set<Network> one, Set<Network> wider) {
        return wider.isEmpty()
                || (!one.isEmpty()
                        && one.stream()
                                .allMatch(network ->
                                        wider.stream().anyMatch(other -> other.contains(network))));
    }
}
