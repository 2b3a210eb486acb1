package org.custodes.server;

import static org.custodes.server.Route.delete;
import static org.custodes.server.Route.get;
import static org.custodes.server.Route.post;
import static org.custodes.server.Route.put;
import static org.custodes.server.Routes.API;
import static org.custodes.server.Who.having;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.custodes.access.Act;
import org.custodes.register.Register;
import org.custodes.register.Wall;
import org.custodes.register.WallForm;
import org.custodes.rights.Right;

/// One's own saved layouts.
final class WallRoutes {
    /// @param tiles row by row; null where nothing is shown
    record WallView(
            UUID id,
            String name,
            String grid,
            @JsonInclude(content = JsonInclude.Include.ALWAYS) List<Optional<UUID>> tiles) {
        static WallView of(Wall wall) {
            return new WallView(
                    wall.id(),
                    wall.name(),
                    wall.grid().code(),
                    wall.tiles().stream().map(tile -> tile.map(camera -> camera.value())).toList());
        }
    }

    private final Register register;
    private final Changes changes;

    WallRoutes(Register register, Changes changes) {
        this.register = register;
        this.changes = changes;
    }

    List<Route<?>> list() {
        var who = having(Right.ARRANGE_WALLS);
        return List.of(
                get(API + "/walls", who)
                        .says("My saved walls, by name.")
                        .answersItems(WallView.class)
                        .by(this::walls),
                post(API + "/walls", who)
                        .says("Saves a new wall.")
                        .takes(WallForm.class)
                        .answers(201, WallView.class)
                        .by(this::add),
                put(API + "/walls/{id}", who)
                        .says("Changes one of my walls.")
                        .takes(WallForm.class)
                        .answers(WallView.class)
                        .by(this::change),
                delete(API + "/walls/{id}", who).says("Removes one of my walls.").by(this::remove));
    }

    private Reply walls(Call call, Route.Nothing nothing) {
        return Reply.items(register.walls(owner(call)).stream().map(WallView::of).toList());
    }

    private Reply add(Call call, WallForm form) {
        return changes.make(
                call.session(),
                register.checkNewWall(owner(call), form),
                act(""),
                draft -> act("wall/" + draft.value().id()),
                register::saveWall,
                wall -> Reply.created(WallView.of(wall)));
    }

    private Reply change(Call call, WallForm form) {
        var id = own(call);
        return changes.make(
                call.session(),
                register.checkWall(owner(call), id, form),
                act("wall/" + id),
                _ -> act("wall/" + id),
                register::saveWall,
                wall -> Reply.ok(WallView.of(wall)));
    }

    private Reply remove(Call call, Route.Nothing nothing) {
        var id = own(call);
        return changes.make(
                call.session(),
                act("wall/" + id),
                receipt -> register.removeWall(owner(call), id, receipt),
                _ -> Reply.done());
    }

    /// Somebody else's wall is not there.
    private UUID own(Call call) {
        var id = call.id("id");
        if (register.walls(owner(call)).stream().noneMatch(wall -> wall.id().equals(id))) {
            throw new Reply.RefusedException(Problem.notFound());
        }
        return id;
    }

    private static UUID owner(Call call) {
        return call.session().person().value();
    }

    private static Act act(String object) {
        return new Act(Act.Kind.CHANGE_WALL, object, "");
    }
}
