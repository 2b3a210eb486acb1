package org.custodes.access;

import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.custodes.audit.Receipt;
import org.custodes.register.Changed;
import org.custodes.register.Checked;
import org.custodes.register.Fault;
import org.custodes.register.Group;
import org.custodes.register.GroupForm;
import org.custodes.register.Register;
import org.custodes.rights.Duties;
import org.custodes.rights.Right;
import org.custodes.rights.RoleId;
import org.jdbi.v3.core.Handle;

/// Changes of what is granted that wait for a second officer, and how they are made.
final class Drafts {
    private final Register register;

    Drafts(Register register) {
        this.register = register;
    }

    void keep(Handle handle, UUID approval, Draft draft) {
        switch (draft) {
            case Draft.Regroup regroup -> RegroupTable.add(handle, approval, regroup);
            case Draft.Gift gift -> GiftTable.add(handle, approval, gift);
            case Draft.Reset(var person) -> ResetTable.add(handle, approval, person);
            case Draft.RoleChange(var role) -> RoleTable.draft(handle, approval, role);
        }
    }

    Optional<Draft> kept(Handle handle, UUID approval) {
        return GiftTable.of(handle, approval)
                .<Draft>map(gift -> gift)
                .or(() -> ResetTable.of(handle, approval).map(Draft.Reset::new))
                .or(() -> RegroupTable.of(handle, approval))
                .or(() -> RoleTable.drafted(handle, approval).map(Draft.RoleChange::new));
    }

    /// Those that were asked for since then, by what was asked.
    Map<UUID, Draft> since(Handle handle, Instant then) {
        var all = new HashMap<UUID, Draft>();
        all.putAll(GiftTable.since(handle, then));
        all.putAll(RegroupTable.since(handle, then));
        ResetTable.since(handle, then)
                .forEach((id, person) -> all.put(id, new Draft.Reset(person)));
        RoleTable.draftedSince(handle, then)
                .forEach((id, role) -> all.put(id, new Draft.RoleChange(role)));
        return all;
    }

    /// Why it cannot be made any more; much may have changed since it was asked.
    Optional<Fault> against(Handle handle, Draft draft, Instant now) {
        return switch (draft) {
            case Draft.Regroup regroup ->
                    checked(regroup).isPresent() ? Optional.empty() : Optional.of(overtaken());
            case Draft.Gift gift -> against(handle, gift, now);
            case Draft.Reset(var person) ->
                    PersonTable.holdActive(handle, person)
                            ? Optional.empty()
                            : Optional.of(overtaken());
            case Draft.RoleChange(var role) -> against(RoleTable.all(handle), role);
        };
    }

    private static Optional<Fault> against(List<Role> roles, Role changed) {
        var isThere = roles.stream().anyMatch(one -> one.id().equals(changed.id()));
        var isTaken =
                roles.stream()
                        .filter(one -> !one.id().equals(changed.id()))
                        .anyMatch(one -> one.name().equalsIgnoreCase(changed.name()));
        return isThere && !isTaken ? Optional.empty() : Optional.of(overtaken());
    }

    /// What the register makes of it; empty if the group, or anything that lies in it, is not as it was.
    private Optional<org.custodes.register.Draft<Group>> checked(Draft.Regroup regroup) {
        var group = regroup.group();
        return regroup.fits(register.groupsWithin(group.id()))
                        && register.checkGroup(group.id(), GroupForm.of(group))
                                instanceof Checked.Fits<org.custodes.register.Draft<Group>>(var fit)
                ? Optional.of(fit)
                : Optional.empty();
    }

    private Optional<Fault> against(Handle handle, Draft.Gift gift, Instant now) {
        var person =
                PersonTable.byId(handle, gift.person())
                        .map(PersonTable.Row::person)
                        .filter(known -> known.state() != Person.State.REMOVED);
        var roles = RoleTable.all(handle);
        var isKnown = roles.stream().anyMatch(role -> role.id().equals(gift.role()));
        var isPast = gift.until().filter(end -> !end.isAfter(now)).isPresent();
        var had = person.map(Person::roles).orElse(List.of());
        var stillHeld =
                gift.replaces().isEmpty()
                        || had.stream().anyMatch(held -> gift.replaces().get().equals(held.id()));
        var isThere = AssignmentTable.groups(gift.on()).stream().allMatch(this::isPlace);
        if (person.isEmpty() || !isKnown || isPast || !stillHeld || !isThere) {
            return Optional.of(overtaken());
        }
        var beside =
                had.stream()
                        .filter(held -> !gift.replaces().equals(Optional.of(held.id())))
                        .map(Held::role)
                        .toList();
        return clash(roles, beside, gift.role());
    }

    private boolean isPlace(UUID id) {
        return register.group(id).isPresent() || register.site(id).isPresent();
    }

    private static Fault overtaken() {
        return new Fault(
                "yes",
                "approval.overtaken",
                "What this would change is not there any more, or its time is up. Say no, and let it be asked anew.",
                Map.of());
    }

    /// Why nobody can have this role beside those.
    static Optional<Fault> clash(List<Role> known, List<RoleId> beside, RoleId wanted) {
        if (beside.contains(wanted)) {
            return Optional.of(
                    new Fault(
                            "role",
                            "role.held",
                            "They have this role already. Change its cameras, or confirm it.",
                            Map.of()));
        }
        return beside.stream()
                .filter(one -> !goTogether(known, one, wanted))
                .findFirst()
                .map(one ->
                        new Fault(
                                "role",
                                "role.clash",
                                "Nobody has '%s' and '%s': together they could do what nobody may alone. Give it to somebody else, or take the other first."
                                        .formatted(wanted, one),
                                Map.of("held", one.code(), "wanted", wanted.code())));
    }

    private static boolean goTogether(List<Role> known, RoleId one, RoleId other) {
        var duties = EnumSet.noneOf(Right.Duty.class);
        known.stream()
                .filter(role -> Stream.of(one, other).anyMatch(role.id()::equals))
                .forEach(role -> duties.addAll(role.template().duties()));
        return Duties.goTogether(duties);
    }

    /// Makes it, if it is for this room to make.
    ///
    /// @return the id of the role that was given, if one was
    Optional<UUID> make(Handle handle, Draft draft, Instant now, Receipt receipt) {
        switch (draft) {
            case Draft.Regroup _ -> {
                // The register's transaction is another one; it comes when this one is over.
            }
            case Draft.Gift gift -> {
                var role =
                        RoleTable.all(handle).stream()
                                .filter(one -> one.id().equals(gift.role()))
                                .findFirst()
                                .orElseThrow();
                gift.replaces()
                        .ifPresent(old ->
                                AssignmentTable.end(handle, old, receipt.time(), receipt.index()));
                var held = Held.given(role, gift.on(), now, gift.until());
                AssignmentTable.give(handle, gift.person(), held, receipt.index());
                return Optional.of(held.id());
            }
            case Draft.Reset(var person) ->
                    PersonTable.reset(handle, person, receipt.time(), receipt.index());
            case Draft.RoleChange(var role) ->
                    RoleTable.save(handle, role, receipt.time(), receipt.index());
        }
        return Optional.empty();
    }

    /// Makes what is for the register to make, after the yes was used up for it: a crash in between leaves a yes
    /// without its effect, never the reverse.
    ///
    /// @return whether it fitted still
    /// @throws DatabaseAwayException if the register cannot be changed now
    boolean makeInRegister(Draft draft, Receipt receipt) {
        return switch (draft) {
            case Draft.Gift _, Draft.Reset _, Draft.RoleChange _ -> true;
            case Draft.Regroup regroup ->
                    checked(regroup)
                            .filter(fit -> isDone(register.changeGroup(fit, receipt)))
                            .isPresent();
        };
    }

    private static boolean isDone(Changed<Group> changed) {
        return switch (changed) {
            case Changed.Done<Group> _ -> true;
            case Changed.Faulty<Group> _ -> false;
            case Changed.Unavailable<Group>() -> throw new DatabaseAwayException();
        };
    }
}
