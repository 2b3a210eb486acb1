package org.custodes.server;

import static org.custodes.server.Route.delete;
import static org.custodes.server.Route.get;
import static org.custodes.server.Route.post;
import static org.custodes.server.Route.put;
import static org.custodes.server.Routes.API;
import static org.custodes.server.Who.having;

import java.time.DayOfWeek;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.custodes.access.Access;
import org.custodes.access.NewRole;
import org.custodes.access.Purpose;
import org.custodes.access.Role;
import org.custodes.rights.Hours;
import org.custodes.rights.Right;

/// Roles: those from the beginning, and those that are one of them narrowed.
final class RoleRoutes {
    /// @param days words such as `monday`
    /// @param from such as `07:00`; belongs to it
    /// @param to does not; the same as `from` for 24 hours, earlier for the next day
    record SpanView(
            @Bounds(min = 1, max = 7) List<String> days,
            @Bounds(min = 5, max = 8) String from,
            @Bounds(min = 5, max = 8) String to) {
        static SpanView of(Hours.Span span) {
            return new SpanView(
                    span.days().stream()
                            .sorted()
                            .map(DayOfWeek::name)
                            .map(day -> day.toLowerCase(Locale.ROOT))
                            .toList(),
                    span.from().toString(),
                    span.to().toString());
        }
    }

    record RoleForm(
            String name,
            Optional<String> template,
            Optional<Integer> oldestHours,
            Optional<Boolean> sinceGiven,
            Optional<List<SpanView>> hours,
            Optional<List<String>> purposes,
            Optional<Boolean> needsCase) {
        NewRole wanted() {
            return new NewRole(
                    name,
                    template.orElse(""),
                    oldestHours,
                    sinceGiven.orElse(false),
                    hours.orElse(List.of()).stream()
                            .map(span -> new NewRole.Span(span.days(), span.from(), span.to()))
                            .toList(),
                    purposes.orElse(List.of()),
                    needsCase.orElse(false));
        }
    }

    /// @param builtIn whether it was there from the beginning and cannot be changed
    /// @param oldestHours how old footage may be at most; absent: as old as it is kept
    /// @param hours none: whenever
    /// @param purposes for one of which it has to be; none: for none in particular
    record RoleView(
            String id,
            String name,
            String template,
            boolean builtIn,
            Optional<Long> oldestHours,
            boolean sinceGiven,
            List<SpanView> hours,
            List<String> purposes,
            boolean needsCase) {
        static RoleView of(Role role) {
            var limits = role.limits();
            return new RoleView(
                    role.id().code(),
                    role.name(),
                    role.template().code(),
                    role.isBuiltIn(),
                    limits.oldest().map(age -> age.toHours()),
                    limits.sinceGiven(),
                    limits.hours().equals(Hours.always())
                            ? List.of()
                            : limits.hours().spans().stream().map(SpanView::of).toList(),
                    limits.purposes().stream().map(Purpose::code).sorted().toList(),
                    limits.needsCase());
        }
    }

    private final Access access;

    RoleRoutes(Access access) {
        this.access = access;
    }

    List<Route<?>> list() {
        var who = having(Right.MANAGE_RIGHTS);
        return List.of(
                get(API + "/roles", having(Right.SEE_RIGHTS))
                        .says("The roles that there are.")
                        .answersItems(RoleView.class)
                        .by(this::roles),
                post(API + "/roles", who)
                        .says("Makes a role: a template, narrowed.")
                        .takes(RoleForm.class)
                        .answers(201, RoleView.class)
                        .by(this::add),
                put(API + "/roles/{name}", who)
                        .says(
                                "Changes a role for everybody who has it; its template stays, and what is"
                                        + " left out is no limit any more.")
                        .takes(RoleForm.class)
                        .answers(RoleView.class)
                        .by(this::change),
                delete(API + "/roles/{name}", who)
                        .says("Takes a role out of use; not while somebody has it.")
                        .by(this::retire));
    }

    private Reply roles(Call call, Route.Nothing nothing) {
        return Replies.of(
                access.allRoles(call.session()),
                roles -> Reply.items(roles.stream().map(RoleView::of).toList()));
    }

    private Reply add(Call call, RoleForm form) {
        return Replies.of(
                access.addRole(call.session(), form.wanted()),
                role -> Reply.created(RoleView.of(role)));
    }

    private Reply change(Call call, RoleForm form) {
        return Replies.of(
                access.changeRole(call.session(), call.word("name"), form.wanted()),
                role -> Reply.ok(RoleView.of(role)));
    }

    private Reply retire(Call call, Route.Nothing nothing) {
        return Replies.of(access.retireRole(call.session(), call.word("name")), _ -> Reply.done());
    }
}
