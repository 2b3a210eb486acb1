package org.custodes.rights;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.custodes.media.Bytes;
import org.custodes.media.CameraId;

/// All that decisions are made from, as it was at one moment. Immutable.
public final class PolicySnapshot {
    /// Older than this nobody knows what was granted.
    public static final Duration GOOD_FOR = Duration.ofMinutes(2);

    /// To go on watching what is veiled and live is less than to look back: a guard sees on while what knows the
    /// rights is away for a moment.
    public static final Duration GOOD_FOR_LIVE = Duration.ofMinutes(15);

    /// Between these every zone has a date for every moment.
    private static final Instant FIRST = Instant.EPOCH;

    private static final Instant LAST = Instant.parse("9999-01-01T00:00:00Z");

    private final Instant takenAt;
    private final ZoneId zone;
    private final Set<CameraGroup> groups;
    private final Set<Permit> permits;
    private final Set<Ban> bans;
    private final Set<Assignment> assignments;
    private final Map<UUID, Instant> trainedUntil;
    private final Set<Restriction> restrictions;

    private final Map<GroupId, CameraGroup> known;
    private final Map<RoleId, List<Permit>> permitsOf;
    private final Map<UUID, List<Assignment>> assignmentsOf;
    private final Map<GroupId, Set<CameraId>> camerasIn;
    private final Map<CameraId, Set<ZoneId>> zonesOf;
    private final Bytes hash;

    /// @param takenAt when; a moment of the years 1970 to 9998
    /// @param zone in which hours are meant for what is about no camera, or one in no group
    /// @param trainedUntil by person; who does not stand there is not trained
    public PolicySnapshot(
            Instant takenAt,
            ZoneId zone,
            Collection<CameraGroup> groups,
            Collection<Permit> permits,
            Collection<Ban> bans,
            Collection<Assignment> assignments,
            Map<UUID, Instant> trainedUntil,
            Collection<Restriction> restrictions) {
        this.takenAt = possible(takenAt);
        this.zone = zone;
        this.groups = Set.copyOf(groups);
        this.permits = Set.copyOf(permits);
        this.bans = Set.copyOf(bans);
        this.assignments = Set.copyOf(assignments);
        this.trainedUntil = Map.copyOf(trainedUntil);
        this.restrictions = Set.copyOf(restrictions);
        this.known = new HashMap<>();
        this.permitsOf = new HashMap<>();
        this.assignmentsOf = new HashMap<>();
        this.camerasIn = new HashMap<>();
        this.zonesOf = new HashMap<>();
        this.permits.forEach(permit ->
                permitsOf.computeIfAbsent(permit.role(), _ -> new ArrayList<>()).add(permit));
        this.assignments.forEach(one ->
                assignmentsOf.computeIfAbsent(one.person(), _ -> new ArrayList<>()).add(one));
        placeCameras();
        this.hash = PolicyContent.of(this).hash();
    }

    private PolicySnapshot(PolicySnapshot same, Instant takenAt) {
        this.takenAt = possible(takenAt);
        this.zone = same.zone;
        this.groups = same.groups;
        this.permits = same.permits;
        this.bans = same.bans;
        this.assignments = same.assignments;
        this.trainedUntil = same.trainedUntil;
        this.restrictions = same.restrictions;
        this.known = same.known;
        this.permitsOf = same.permitsOf;
        this.assignmentsOf = same.assignmentsOf;
        this.camerasIn = same.camerasIn;
        this.zonesOf = same.zonesOf;
        this.hash = same.hash;
    }

    /// @throws IllegalArgumentException if it is no moment of the years 1970 to 9998
    static Instant possible(Instant takenAt) {
        if (takenAt.isBefore(FIRST) || !takenAt.isBefore(LAST)) {
            throw new IllegalArgumentException(
                    "What was granted is looked at between %s and %s, but this clock shows %s"
                            .formatted(FIRST, LAST, takenAt));
        }
        return takenAt;
    }

    /// The same, looked at again and found unchanged.
    ///
    /// @param moment when; a moment of the years 1970 to 9998
    public PolicySnapshot at(Instant moment) {
        return new PolicySnapshot(this, moment);
    }

    /// The same, but that somebody has these roles and no others.
    public PolicySnapshot with(UUID person, Collection<Assignment> roles) {
        var others = new HashSet<>(assignments);
        others.removeIf(one -> one.person().equals(person));
        others.addAll(roles);
        return new PolicySnapshot(
                takenAt, zone, groups, permits, bans, others, trainedUntil, restrictions);
    }

    /// The same, but that a role permits this and nothing else.
    public PolicySnapshot with(RoleId role, Collection<Permit> allowed) {
        var others = new HashSet<>(permits);
        others.removeIf(one -> one.role().equals(role));
        others.addAll(allowed);
        return new PolicySnapshot(
                takenAt, zone, groups, others, bans, assignments, trainedUntil, restrictions);
    }

    /// The same, but that cameras lie in these groups and in no others.
    public PolicySnapshot in(Collection<CameraGroup> places) {
        return new PolicySnapshot(
                takenAt, zone, places, permits, bans, assignments, trainedUntil, restrictions);
    }

    /// The same, but that these are given too.
    public PolicySnapshot and(Collection<Assignment> given) {
        var more = new HashSet<>(assignments);
        more.addAll(given);
        return new PolicySnapshot(
                takenAt, zone, groups, permits, bans, more, trainedUntil, restrictions);
    }

    /// Nobody may do anything.
    public static PolicySnapshot empty(Instant takenAt, ZoneId zone) {
        return new PolicySnapshot(
                takenAt, zone, Set.of(), Set.of(), Set.of(), Set.of(), Map.of(), Set.of());
    }

    private void placeCameras() {
        groups.forEach(group -> known.put(group.id(), group));
        for (var group : groups) {
            around(group.id())
                    .forEach(outer ->
                            camerasIn
                                    .computeIfAbsent(outer, _ -> new HashSet<>())
                                    .addAll(group.cameras()));
            group.cameras()
                    .forEach(camera ->
                            zonesOf.computeIfAbsent(camera, _ -> new HashSet<>())
                                    .add(group.zone()));
        }
    }

    /// A group and all that it lies in. A circle of groups ends where it was begun.
    Set<GroupId> around(GroupId group) {
        var around = new HashSet<GroupId>();
        var next = Optional.of(group);
        while (next.isPresent() && around.add(next.get())) {
            next = Optional.ofNullable(known.get(next.get())).flatMap(CameraGroup::parent);
        }
        return around;
    }

    public Instant takenAt() {
        return takenAt;
    }

    public Set<CameraGroup> groups() {
        return groups;
    }

    public Set<Permit> permits() {
        return permits;
    }

    public Set<Ban> bans() {
        return bans;
    }

    public Set<Assignment> assignments() {
        return assignments;
    }

    /// SHA-256 over all that was granted, not over when it was looked at: each entry of the log names it, so
    /// that what was decided can be decided again.
    public Bytes hash() {
        return hash;
    }

    /// All that was granted, as bytes whose SHA-256 is [#hash]: who keeps them can decide again.
    public Bytes content() {
        return PolicyContent.of(this).content();
    }

    /// What [#content] made.
    ///
    /// @param takenAt when it was looked at, which its bytes do not tell; a moment of the years 1970 to 9998
    /// @throws MalformedDecisionException if the bytes are anything else
    public static PolicySnapshot of(Bytes content, Instant takenAt) {
        return PolicyContent.read(content, takenAt);
    }

    List<Permit> permits(RoleId role) {
        return permitsOf.getOrDefault(role, List.of());
    }

    /// Those of one person, in no order.
    public List<Assignment> assignments(UUID person) {
        return assignmentsOf.getOrDefault(person, List.of());
    }

    Optional<Instant> trainedUntil(UUID person) {
        return Optional.ofNullable(trainedUntil.get(person));
    }

    Map<UUID, Instant> trainedUntil() {
        return trainedUntil;
    }

    ZoneId zone() {
        return zone;
    }

    Set<Restriction> restrictions() {
        return restrictions;
    }

    boolean covers(Scope scope, CameraId camera) {
        return switch (scope) {
            case Scope.All() -> true;
            case Scope.Cameras(var cameras) -> cameras.contains(camera);
            case Scope.Groups(var wanted) ->
                    wanted.stream().anyMatch(group -> cameras(group).contains(camera));
        };
    }

    /// Those of a group and of all that lie in it.
    Set<CameraId> cameras(GroupId group) {
        return camerasIn.getOrDefault(group, Set.of());
    }

    /// Those that lie in any group.
    Set<CameraId> placed() {
        return zonesOf.keySet();
    }

    /// Where the clocks hang by which hours are meant: of a camera in groups of two sites, at both.
    Set<ZoneId> zones(Optional<CameraId> camera) {
        return camera.map(zonesOf::get).orElse(Set.of(zone));
    }
}
