package org.custodes.server;

import static org.custodes.server.Route.delete;
import static org.custodes.server.Route.get;
import static org.custodes.server.Route.patch;
import static org.custodes.server.Route.post;
import static org.custodes.server.Routes.API;
import static org.custodes.server.Who.having;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.custodes.access.Access;
import org.custodes.access.KnownGroup;
import org.custodes.media.CameraId;
import org.custodes.register.Group;
import org.custodes.register.GroupForm;
import org.custodes.rights.Right;

/// Groups of cameras, one in another: what roles are given on.
final class GroupRoutes {
    /// @param parent the id of a group or of a site
    record NewGroup(String name, UUID parent) {
        GroupForm wanted() {
            return GroupForm.empty(name, parent.toString());
        }
    }

    /// What is left out stays.
    ///
    /// @param parent the id of a group or of a site
    record GroupChange(Optional<String> name, Optional<UUID> parent, Optional<List<UUID>> cameras) {
        GroupForm wanted() {
            return new GroupForm(
                    name,
                    parent.map(UUID::toString),
                    cameras.map(ids -> ids.stream().map(UUID::toString).toList()));
        }
    }

    /// What a group will be when a second officer has said yes.
    ///
    /// @param approval what was asked
    record WaitingGroup(UUID approval, String name, UUID parent, List<UUID> cameras) {
        static WaitingGroup of(KnownGroup.Waiting waiting) {
            var group = waiting.group();
            return new WaitingGroup(
                    waiting.approval(), group.name(), group.parent(), ids(group.cameras()));
        }
    }

    /// @param parent the id of the group that it lies in, or of its site
    /// @param cameras those that lie in it and in none of its groups
    /// @param holders how many roles are given on it, or wait to be; absent for whoever does not arrange groups
    record GroupView(
            UUID id,
            String name,
            UUID site,
            UUID parent,
            List<UUID> cameras,
            Optional<Long> holders,
            List<WaitingGroup> waiting) {
        static GroupView of(KnownGroup known) {
            Group group = known.group();
            return new GroupView(
                    group.id(),
                    group.name(),
                    group.site(),
                    group.parent(),
                    ids(group.cameras()),
                    known.holders(),
                    known.waiting().stream().map(WaitingGroup::of).toList());
        }
    }

    private static List<UUID> ids(Set<CameraId> cameras) {
        return cameras.stream().map(CameraId::value).sorted().toList();
    }

    private final Access access;

    GroupRoutes(Access access) {
        this.access = access;
    }

    List<Route<?>> list() {
        var who = having(Right.ARRANGE_GROUPS);
        return List.of(
                get(API + "/groups", having(Right.LIST_CAMERAS))
                        .says("The groups of cameras that I may know of, by name.")
                        .answersItems(GroupView.class)
                        .by(this::groups),
                post(API + "/groups", who)
                        .says("Makes a group, with nothing in it.")
                        .takes(NewGroup.class)
                        .answers(201, GroupView.class)
                        .by(this::add),
                patch(API + "/groups/{id}", who)
                        .says(
                                "Changes what a group is called, where it lies and which cameras lie in it."
                                        + " What lets somebody see more waits for a second officer.")
                        .takes(GroupChange.class)
                        .answers(GroupView.class)
                        .by(this::change),
                delete(API + "/groups/{id}", who)
                        .says(
                                "Removes a group; not while another lies in it or a role is given on it. Its"
                                        + " cameras stay.")
                        .by(this::remove));
    }

    private Reply groups(Call call, Route.Nothing nothing) {
        return Replies.of(
                access.groups(call.session()),
                groups -> Reply.items(groups.stream().map(GroupView::of).toList()));
    }

    private Reply add(Call call, NewGroup form) {
        return Replies.of(
                access.addGroup(call.session(), form.wanted()),
                group -> Reply.created(GroupView.of(group)));
    }

    private Reply change(Call call, GroupChange form) {
        return Replies.of(
                access.changeGroup(call.session(), call.id("id"), form.wanted()),
                group -> Reply.ok(GroupView.of(group)));
    }

    private Reply remove(Call call, Route.Nothing nothing) {
        return Replies.of(access.removeGroup(call.session(), call.id("id")), _ -> Reply.done());
    }
}
