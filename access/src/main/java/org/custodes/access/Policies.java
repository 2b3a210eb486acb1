package org.custodes.access;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.custodes.media.CameraId;
import org.custodes.media.MediaClass;
import org.custodes.register.Camera;
import org.custodes.register.Group;
import org.custodes.register.Register;
import org.custodes.register.Site;
import org.custodes.rights.Assignment;
import org.custodes.rights.Assurance;
import org.custodes.rights.CameraGroup;
import org.custodes.rights.Decide;
import org.custodes.rights.Decision;
import org.custodes.rights.GroupId;
import org.custodes.rights.Hours;
import org.custodes.rights.Permit;
import org.custodes.rights.PolicySnapshot;
import org.custodes.rights.Request;
import org.custodes.rights.Right;
import org.custodes.rights.RoleId;
import org.custodes.rights.Scope;
import org.custodes.rights.Widening;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What is granted now: the roles, who has them, and which camera is where. Kept in memory, and known to be as it
/// stands in the database whenever a decision is made. Any thread.
final class Policies {
    /// Training is not kept by anybody yet, so nobody's ends.
    private static final Instant TRAINED = Instant.parse("9998-01-01T00:00:00Z");

    /// Whoever has lost their last role still sees that they are here, and what time it is here, and can leave.
    static final Permit EVERYBODY =
            Permit.of(
                    new RoleId("everybody"),
                    Set.of(Right.OWN_SESSION, Right.LIST_SITES),
                    Scope.none());

    /// What an emergency gives while it runs, on the cameras that it was given on: to see what everybody may see who
    /// watches, live and back, in sessions that a passkey has opened as it was taken by one.
    static final Permit TAKEN =
            new Permit(
                    new RoleId("emergency-taken"),
                    Set.of(
                            Right.LIST_CAMERAS,
                            Right.WATCH_LIVE,
                            Right.PLAY_BACK,
                            Right.SEE_TIMELINE),
                    new Scope.All(),
                    Set.of(MediaClass.VEILED),
                    Hours.always(),
                    Optional.empty(),
                    false,
                    Set.of(),
                    false,
                    OptionalInt.empty(),
                    0,
                    Assurance.PASSKEY,
                    Optional.empty(),
                    Set.of());

    private final AccessTables tables;
    private final Register register;
    private final InstantSource clock;
    private final AtomicLong places = new AtomicLong();
    private volatile @Nullable Known known;

    /// @param version of the tables that it was made of
    /// @param places how often cameras and sites had changed by then
    private record Known(long version, long places, List<Role> roles, PolicySnapshot policy) {

        Optional<Role> role(RoleId id) {
            return roles.stream().filter(role -> role.id().equals(id)).findFirst();
        }
    }

    Policies(AccessTables tables, Register register, InstantSource clock) {
        this.tables = tables;
        this.register = register;
        this.clock = clock;
        register.listen(_ -> places.incrementAndGet());
    }

    /// As it stands in the database.
    PolicySnapshot read(Handle handle) {
        var version = AssignmentTable.version(handle);
        // Counted before the register is read: what changes meanwhile is read again by the next
        // decision.
        var count = places.get();
        var last = known;
        if (last == null || last.version != version || last.places != count) {
            var roles = RoleTable.all(handle);
            last = new Known(version, count, roles, made(handle, roles));
            known = last;
        }
        return last.policy.at(clock.instant());
    }

    /// As it stands in the database.
    ///
    /// @throws DatabaseAwayException if the database does not answer
    PolicySnapshot now() {
        return tables.in(this::read);
    }

    /// As it stands in the database; if that does not answer, as it stood when it was last read. To show, not to
    /// decide by.
    PolicySnapshot shown() {
        try {
            return now();
        } catch (DatabaseAwayException e) {
            var last = known;
            return last == null
                    ? PolicySnapshot.empty(clock.instant(), ZoneOffset.UTC)
                    : last.policy.at(clock.instant());
        }
    }

    /// What of a request's footage may be seen at the moment at which the policy was read, as [Decide#shown] tells it;
    /// what is not about footage of an interval is as it is.
    static Request shown(Request request, PolicySnapshot policy) {
        return request.interval().isEmpty()
                ? request
                : Decide.shown(request, policy, policy.takenAt());
    }

    /// Why not, at the moment at which the policy was read; empty if the rule says yes.
    static Optional<Reason> against(Request request, PolicySnapshot policy) {
        return reason(Decide.decide(request, policy, policy.takenAt()));
    }

    /// As [#against], if nobody else is asked.
    static Optional<Reason> unaided(Request request, PolicySnapshot policy) {
        return reason(Decide.unaided(request, policy, policy.takenAt()));
    }

    /// Whether the rule says yes, and would not without an emergency.
    static boolean inEmergency(Request request, PolicySnapshot policy) {
        return switch (Decide.decide(request, policy, policy.takenAt())) {
            case Decision.Allowed allowed ->
                    allowed.by().stream().allMatch(permit -> permit.role().equals(TAKEN.role()));
            case Decision.Refused _ -> false;
        };
    }

    private static Optional<Reason> reason(Decision decision) {
        return switch (decision) {
            case Decision.Allowed _ -> Optional.empty();
            case Decision.Refused(var grounds) -> Optional.of(Reason.of(grounds.getFirst()));
        };
    }

    /// The roles that somebody has now, in the order in which they got them; to be shown.
    List<Role> roles(PersonId person) {
        var now = clock.instant();
        var policy = shown();
        var last = known;
        return last == null
                ? List.of()
                : policy.assignments(person.value()).stream()
                        .filter(given -> given.holds(now))
                        .sorted(
                                Comparator.comparing(Assignment::since)
                                        .thenComparing(given -> given.role().code()))
                        .flatMap(given -> last.role(given.role()).stream())
                        .toList();
    }

    /// Whether somebody with these roles might do something that they may not now.
    boolean widens(Person after) {
        var before = now();
        var id = after.id();
        var roles =
                Stream.concat(
                                Stream.of(everybody(id.value())),
                                after.roles().stream().map(held -> held.of(id)))
                        .toList();
        return Widening.widens(before, before.with(id.value(), roles));
    }

    /// Whether a role that is this lets somebody do something that they may not now: somebody who has it, or will have
    /// it when a second officer says yes.
    boolean widens(Role after) {
        var now = clock.instant();
        return tables.in(handle -> {
            var before = read(handle).and(waiting(handle, now));
            return Widening.widens(before, before.with(after.id(), after.permits()));
        });
    }

    /// What comes of it for somebody, or for whoever will have what waits for a second officer, if these are the groups
    /// of cameras.
    Effect effect(Collection<Group> after) {
        var now = clock.instant();
        return tables.in(handle -> {
            var before = read(handle).and(waiting(handle, now));
            var then = before.in(groups(after));
            if (Widening.widens(before, then)) {
                return Effect.WIDENS;
            }
            return Widening.widens(then, before) ? Effect.NARROWS : Effect.NONE;
        });
    }

    /// What a change does to what somebody may.
    enum Effect {
        NONE,
        NARROWS,
        WIDENS
    }

    /// As if it were given: whoever says yes to a role says it to the role that they saw, and to one on a group, to the
    /// group.
    private static List<Assignment> waiting(Handle handle, Instant now) {
        return GiftTable.waiting(handle, now).entrySet().stream()
                .flatMap(one ->
                        one.getValue().stream()
                                .map(gift ->
                                        new Assignment(
                                                one.getKey().value(),
                                                gift.role(),
                                                gift.on(),
                                                now,
                                                gift.until(),
                                                TRAINED,
                                                false)))
                .toList();
    }

    private PolicySnapshot made(Handle handle, List<Role> known) {
        var people = PersonTable.present(handle).stream().map(PersonId::value).toList();
        var roles = AssignmentTable.all(handle).stream().map(row -> row.held().of(row.person()));
        var given = Stream.concat(people.stream().map(Policies::everybody), roles);
        var permits = known.stream().flatMap(role -> role.permits().stream());
        var trained = people.stream().collect(Collectors.toMap(Function.identity(), _ -> TRAINED));
        return new PolicySnapshot(
                clock.instant(),
                zone(),
                groups(register.groups()),
                Stream.concat(Stream.of(EVERYBODY, TAKEN), permits).toList(),
                Set.of(),
                Stream.concat(given, EmergencyTable.assignments(handle).stream()).toList(),
                trained,
                Set.of());
    }

    private static Assignment everybody(UUID person) {
        return new Assignment(
                person,
                EVERYBODY.role(),
                Scope.none(),
                Instant.EPOCH,
                Optional.empty(),
                TRAINED,
                false);
    }

    /// Where most of what is about no camera happens.
    private ZoneId zone() {
        return register.sites().stream().findFirst().map(Site::zone).orElse(ZoneOffset.UTC);
    }

    /// Each site, with all its cameras; those too that were removed and whose footage is still there. And in it these
    /// groups.
    private List<CameraGroup> groups(Collection<Group> groups) {
        var cameras =
                register.camerasEver().stream()
                        .collect(
                                Collectors.groupingBy(
                                        Camera::site,
                                        Collectors.mapping(Camera::id, Collectors.toSet())));
        var sites = register.sites();
        var zones = sites.stream().collect(Collectors.toMap(Site::id, Site::zone));
        return Stream.concat(
                        sites.stream()
                                .map(site ->
                                        new CameraGroup(
                                                new GroupId(site.id()),
                                                Optional.empty(),
                                                cameras.getOrDefault(site.id(), Set.<CameraId>of()),
                                                site.zone())),
                        groups.stream()
                                .map(group ->
                                        new CameraGroup(
                                                new GroupId(group.id()),
                                                Optional.of(new GroupId(group.parent())),
                                                group.cameras(),
                                                Objects.requireNonNull(zones.get(group.site())))))
                .toList();
    }
}
