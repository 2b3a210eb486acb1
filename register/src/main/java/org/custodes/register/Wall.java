package org.custodes.register;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.custodes.media.CameraId;

/// A saved layout of tiles.
///
/// @param owner the person it belongs to
/// @param tiles exactly as many as the grid has; empty where nothing is shown
public record Wall(UUID id, UUID owner, String name, Grid grid, List<Optional<CameraId>> tiles) {

    public Wall {
        Objects.requireNonNull(id);
        Objects.requireNonNull(owner);
        Objects.requireNonNull(name);
        tiles = List.copyOf(tiles);
        if (tiles.size() != grid.tiles()) {
            throw new IllegalArgumentException(
                    "A wall of grid %s has %d tiles, but got %d"
                            .formatted(grid.code(), grid.tiles(), tiles.size()));
        }
    }
}
