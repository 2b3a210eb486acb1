package org.custodes.register;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// A wall as somebody asks for it, nothing of it checked yet.
///
/// @param grid a [Grid]'s code
/// @param tiles ids of cameras, row by row, empty where nothing is shown
public record WallForm(String name, String grid, List<Optional<String>> tiles) {

    public WallForm {
        Objects.requireNonNull(name);
        Objects.requireNonNull(grid);
        tiles = List.copyOf(tiles);
    }
}
