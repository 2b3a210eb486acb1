package org.custodes.access;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.custodes.audit.Receipt;
import org.custodes.media.CameraId;
import org.custodes.register.Camera;
import org.custodes.register.Changed;
import org.custodes.register.Checked;
import org.custodes.register.Fault;
import org.custodes.register.Group;
import org.custodes.register.GroupForm;
import org.custodes.register.Register;
import org.custodes.register.Site;
import org.custodes.rights.Request;
import org.custodes.rights.Right;
import org.jdbi.v3.core.Handle;

/// Groups of cameras, as what roles are given on: the register keeps them, and what changes by them who may see what
/// is decided here. Changes come one after the other, and none while somebody's roles change.
final class GroupsDesk {
    private static final int MOST_CAMERAS_TOLD = 20;

    private final AccessTables tables;
    private final Gate gate;
    private final Policies policies;
    private final Widenings widenings;
    private final People people;
    private final Looks looks;
    private final Register register;
    private final InstantSource clock;
    private final Changing changing;

    GroupsDesk(
            AccessTables tables,
            Gate gate,
            Policies policies,
            Widenings widenings,
            People people,
            Looks looks,
            Register register,
            InstantSource clock) {
        this.tables = tables;
        this.gate = gate;
        this.policies = policies;
        this.widenings = widenings;
        this.people = people;
        this.looks = looks;
        this.register = register;
        this.clock = clock;
        this.changing = new Changing(gate);
    }

    /// Whoever arranges groups sees all of them; whoever does not, those with a camera that they know of.
    Answer<List<KnownGroup>> all(Session session) {
        var refused = gate.refusesAnywhere(session, Right.LIST_CAMERAS);
        if (refused.isPresent()) {
            return new Answer.Refused<>(refused.get());
        }
        var groups = register.groups();
        return new Answer.Done<>(
                gate.rights(session).contains(Right.ARRANGE_GROUPS)
                        ? tables.in(handle -> arranged(handle, groups))
                        : known(groups, gate.known(session)));
    }

    private List<KnownGroup> arranged(Handle handle, List<Group> groups) {
        var holders = holders(handle);
        var waiting = RegroupTable.waiting(handle, clock.instant());
        return groups.stream()
                .map(group ->
                        new KnownGroup(
                                group,
                                Optional.of(holders.getOrDefault(group.id(), 0L)),
                                waiting.getOrDefault(group.id(), List.of())))
                .toList();
    }

    /// How many roles are given on a group, or wait to be.
    private Map<UUID, Long> holders(Handle handle) {
        var on = new ArrayList<UUID>();
        AssignmentTable.all(handle)
                .forEach(row -> on.addAll(AssignmentTable.groups(row.held().on())));
        GiftTable.waiting(handle, clock.instant())
                .values()
                .forEach(gifts ->
                        gifts.forEach(gift -> on.addAll(AssignmentTable.groups(gift.on()))));
        return on.stream()
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }

    private static List<KnownGroup> known(List<Group> groups, Predicate<CameraId> isKnown) {
        var byId = groups.stream().collect(Collectors.toMap(Group::id, Function.identity()));
        var seen = new HashSet<UUID>();
        for (var group : groups) {
            if (group.cameras().stream().anyMatch(isKnown)) {
                Optional<Group> next = Optional.of(group);
                while (next.isPresent() && seen.add(next.get().id())) {
                    next = Optional.ofNullable(byId.get(next.get().parent()));
                }
            }
        }
        return groups.stream()
                .filter(group -> seen.contains(group.id()))
                .map(group -> with(group, isKnown))
                .map(group -> new KnownGroup(group, Optional.empty(), List.of()))
                .toList();
    }

    private static Group with(Group group, Predicate<CameraId> isKnown) {
        return new Group(
                group.id(),
                group.site(),
                group.parent(),
                group.name(),
                group.cameras().stream().filter(isKnown).collect(Collectors.toSet()));
    }

    Answer<KnownGroup> add(Session session, GroupForm wanted) {
        var empty = new GroupForm(wanted.name(), wanted.parent(), Optional.empty());
        return arranging(
                session,
                () ->
                        switch (register.checkNewGroup(empty)) {
                            case Checked.Faulty<org.custodes.register.Draft<Group>>(var faults) ->
                                    changing.faulty(session, about(""), faults);
                            case Checked.Fits<org.custodes.register.Draft<Group>>(var draft) ->
                                    save(
                                            session,
                                            draft.value(),
                                            ": made",
                                            receipt -> register.addGroup(draft, receipt));
                        });
    }

    Answer<KnownGroup> change(Session session, UUID id, GroupForm wanted) {
        return arranging(
                session,
                id,
                before ->
                        switch (register.checkGroup(id, wanted)) {
                            case Checked.Faulty<org.custodes.register.Draft<Group>>(var faults) ->
                                    changing.faulty(session, about(before), faults);
                            case Checked.Fits<org.custodes.register.Draft<Group>>(var draft) ->
                                    change(session, before, draft);
                        });
    }

    private Answer<KnownGroup> change(
            Session session, Group before, org.custodes.register.Draft<Group> draft) {
        var after = draft.value();
        var others = register.groups().stream().filter(group -> !group.id().equals(after.id()));
        var groups = new ArrayList<>(others.toList());
        groups.add(after);
        var told = changed(before, after);
        return withEffect(
                session,
                before,
                policies.effect(groups),
                () -> save(session, after, told, receipt -> register.changeGroup(draft, receipt)),
                () ->
                        widenings
                                .ask(
                                        session,
                                        Draft.Regroup.of(
                                                before, after, register.groupsWithin(after.id())),
                                        named(after) + told)
                                .map(_ -> arranged(register.group(after.id()).orElse(before))));
    }

    Answer<KnownGroup> remove(Session session, UUID id) {
        return arranging(
                session,
                id,
                group -> {
                    var faults = new ArrayList<>(register.checkNoGroup(id));
                    var holders = tables.in(this::holders).getOrDefault(id, 0L);
                    if (holders > 0) {
                        faults.add(inUse(holders));
                    }
                    if (!faults.isEmpty()) {
                        return changing.faulty(session, about(group), faults);
                    }
                    var others =
                            register.groups().stream()
                                    .filter(other -> !other.id().equals(id))
                                    .toList();
                    return withEffect(
                            session,
                            group,
                            policies.effect(others),
                            () ->
                                    save(
                                            session,
                                            group,
                                            ": removed",
                                            receipt -> register.removeGroup(id, receipt)),
                            // Only a ban would be loosened by it; that is no group's removal to do.
                            () -> changing.faulty(session, about(group), List.of(held())));
                });
    }

    /// Whoever may arrange groups does what is nothing to anybody's rights. What takes from somebody is for whoever
    /// gives rights, at once; what gives somebody more is for them to ask.
    private Answer<KnownGroup> withEffect(
            Session session,
            Group group,
            Policies.Effect effect,
            Supplier<Answer<KnownGroup>> atOnce,
            Supplier<Answer<KnownGroup>> asked) {
        if (effect != Policies.Effect.NONE && !givesRights(session)) {
            return changing.faulty(session, about(group), List.of(held()));
        }
        return effect == Policies.Effect.WIDENS ? asked.get() : atOnce.get();
    }

    private boolean givesRights(Session session) {
        return gate.verdict(session, Request.of(session.subject(), Right.MANAGE_RIGHTS))
                .against()
                .isEmpty();
    }

    private Answer<KnownGroup> arranging(Session session, Supplier<Answer<KnownGroup>> work) {
        var kind = Act.Kind.CHANGE_GROUP;
        var refused =
                gate.refuses(session, kind.code(), Request.of(session.subject(), kind.right()));
        return refused.isPresent()
                ? new Answer.Refused<>(refused.get())
                : people.alone(() -> widenings.alone(work));
    }

    private Answer<KnownGroup> arranging(
            Session session, UUID id, Function<Group, Answer<KnownGroup>> work) {
        return arranging(
                session,
                () ->
                        register.group(id)
                                .map(work)
                                .orElseGet(() ->
                                        new Answer.Refused<>(
                                                gate.recordRefusal(
                                                        session,
                                                        about(""),
                                                        Reason.GROUP_UNKNOWN))));
    }

    private Answer<KnownGroup> save(
            Session session, Group group, String told, Function<Receipt, Changed<Group>> change) {
        var act = new Act(Act.Kind.CHANGE_GROUP, Act.object(group), named(group) + told);
        return gate.receipt(session, act)
                .then(receipt ->
                        switch (change.apply(receipt)) {
                            case Changed.Done<Group>(var saved) -> {
                                looks.review();
                                yield new Answer.Done<>(arranged(saved));
                            }
                            case Changed.Faulty<Group>(var faults) -> {
                                gate.recordFailure(session, act, "It no longer fitted.");
                                yield new Answer.Faulty<>(faults);
                            }
                            case Changed.Unavailable<Group>() -> {
                                gate.recordFailure(session, act, "The database did not answer.");
                                yield new Answer.Refused<>(Reason.DATABASE_UNAVAILABLE);
                            }
                        });
    }

    private KnownGroup arranged(Group group) {
        return tables.in(handle -> arranged(handle, List.of(group))).getFirst();
    }

    private static Act about(Group group) {
        return about(Act.object(group));
    }

    private static Act about(String object) {
        return new Act(Act.Kind.CHANGE_GROUP, object, "");
    }

    private static Fault held() {
        return new Fault(
                "group",
                "group.held",
                "Roles are given on this group, or on what it lies in, so this changes what somebody may see. Ask a security officer to do it.",
                Map.of());
    }

    private static Fault inUse(long holders) {
        return new Fault(
                "group",
                "group.in-use",
                "%d roles are given on this group, or wait to be. Take them back or give them other cameras first."
                        .formatted(holders),
                Map.of("holders", Long.toString(holders)));
    }

    private String named(Group group) {
        return "group %s, in %s".formatted(group.name(), place(group.parent()));
    }

    private String place(UUID id) {
        return register.group(id)
                .map(Group::name)
                .or(() -> register.site(id).map(Site::name))
                .orElse("a place that is gone");
    }

    /// What is other than before; for readers.
    private String changed(Group before, Group after) {
        var told = new ArrayList<String>();
        told("in", after.cameras(), before.cameras()).ifPresent(told::add);
        told("out", before.cameras(), after.cameras()).ifPresent(told::add);
        if (!before.name().equals(after.name())) {
            told.add("before called " + before.name());
        }
        if (!before.parent().equals(after.parent())) {
            told.add("before in " + place(before.parent()));
        }
        return told.isEmpty() ? "" : ": " + String.join("; ", told);
    }

    private Optional<String> told(String how, Set<CameraId> those, Set<CameraId> without) {
        var names =
                those.stream()
                        .filter(camera -> !without.contains(camera))
                        .map(camera -> register.camera(camera).map(Camera::name).orElse(""))
                        .sorted()
                        .toList();
        var more = names.size() > MOST_CAMERAS_TOLD ? ", …" : "";
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "%d %s (%s%s)"
                                .formatted(
                                        names.size(),
                                        how,
                                        names.stream()
                                                .limit(MOST_CAMERAS_TOLD)
                                                .collect(Collectors.joining(", ")),
                                        more));
    }
}
