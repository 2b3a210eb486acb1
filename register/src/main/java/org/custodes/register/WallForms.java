package org.custodes.register;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.custodes.media.CameraId;

/// Understands what is asked of the register about walls, against what it knows now. Changes nothing.
final class WallForms {
    private static final int MOST_WALLS = 64;

    private final RegisterState state;

    WallForms(RegisterState state) {
        this.state = state;
    }

    Checked<Draft<Wall>> newWall(UUID owner, WallForm wanted) {
        var owned = state.walls().values().stream().filter(wall -> wall.owner().equals(owner));
        if (owned.count() >= MOST_WALLS) {
            return new Checked.Faulty<>(
                    List.of(
                            new Fault(
                                    "name",
                                    "wall.too-many",
                                    "You have %d walls already. Remove one first."
                                            .formatted(MOST_WALLS),
                                    Map.of("most", Integer.toString(MOST_WALLS)))));
        }
        return wall(owner, UUID.randomUUID(), wanted);
    }

    Checked<Draft<Wall>> knownWall(UUID owner, UUID id, WallForm wanted) {
        var known = state.walls().get(id);
        return known != null && known.owner().equals(owner)
                ? wall(owner, id, wanted)
                : new Checked.Faulty<>(List.of(Form.unknown("wall")));
    }

    private Checked<Draft<Wall>> wall(UUID owner, UUID id, WallForm wanted) {
        var form = new Form();
        var name = form.text("name", wanted.name(), 1, Form.LONGEST_NAME);
        var grid = form.choice("grid", wanted.grid(), Grid.values(), Grid::code);
        grid.filter(chosen -> chosen.tiles() != wanted.tiles().size())
                .ifPresent(chosen ->
                        form.add(
                                new Fault(
                                        "tiles",
                                        "wall.tiles",
                                        "A wall of grid %s has %d tiles, but got %d."
                                                .formatted(
                                                        chosen.code(),
                                                        chosen.tiles(),
                                                        wanted.tiles().size()),
                                        Map.of(
                                                "grid", chosen.code(),
                                                "tiles", Integer.toString(chosen.tiles())))));
        // A camera that was removed may stay on a wall until somebody arranges it anew.
        var known =
                wanted.tiles().stream()
                        .limit(Grid.FOUR_BY_FOUR.tiles())
                        .allMatch(tile -> tile.isEmpty() || camera(tile.get()).isPresent());
        if (!known) {
            form.add(Form.unknown("tiles"));
        }
        if (form.faulty() || grid.isEmpty()) {
            return new Checked.Faulty<>(form.faults());
        }
        var tiles = wanted.tiles().stream().map(tile -> tile.flatMap(this::camera)).toList();
        return new Checked.Fits<>(new Draft<>(new Wall(id, owner, name, grid.get(), tiles)));
    }

    private Optional<CameraId> camera(String text) {
        return Form.uuid(text).map(CameraId::new).filter(state.cameras()::containsKey);
    }
}
