package org.custodes.register;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.custodes.media.CameraId;
import org.jdbi.v3.core.Handle;

/// The tables `register.wall` and `register.wall_tile`.
final class WallTable {

    private record TileRow(UUID wall, int place, CameraId camera) {}

    private WallTable() {}

    static List<Wall> all(Handle handle) {
        var tiles = tiles(handle);
        return handle.createQuery(
                        "select id, owner, name, grid from register.wall where removed_at is null")
                .map((row, _) -> {
                    var id = row.getObject("id", UUID.class);
                    var grid = Grid.of(row.getString("grid"));
                    return new Wall(
                            id,
                            row.getObject("owner", UUID.class),
                            row.getString("name"),
                            grid,
                            laidOut(grid, tiles.getOrDefault(id, List.of())));
                })
                .list();
    }

    private static Map<UUID, List<TileRow>> tiles(Handle handle) {
        return handle
                .createQuery("select wall, place, camera from register.wall_tile")
                .map((row, _) ->
                        new TileRow(
                                row.getObject("wall", UUID.class),
                                row.getInt("place"),
                                new CameraId(row.getObject("camera", UUID.class))))
                .list()
                .stream()
                .collect(Collectors.groupingBy(TileRow::wall));
    }

    private static List<Optional<CameraId>> laidOut(Grid grid, List<TileRow> tiles) {
        return IntStream.range(0, grid.tiles())
                .mapToObj(place ->
                        tiles.stream()
                                .filter(tile -> tile.place() == place)
                                .map(TileRow::camera)
                                .findFirst())
                .toList();
    }

    static void save(Handle handle, Wall wall, long entry) {
        handle.createUpdate(
                        """
                        insert into register.wall (id, owner, name, grid, entry)
                        values (:id, :owner, :name, :grid, :entry)
                        on conflict (id) do update set
                            name = excluded.name, grid = excluded.grid, entry = excluded.entry
                        """)
                .bind("id", wall.id())
                .bind("owner", wall.owner())
                .bind("name", wall.name())
                .bind("grid", wall.grid().code())
                .bind("entry", entry)
                .execute();
        handle.createUpdate("delete from register.wall_tile where wall = :id")
                .bind("id", wall.id())
                .execute();
        for (var place = 0; place < wall.tiles().size(); place++) {
            var camera = wall.tiles().get(place);
            if (camera.isPresent()) {
                addTile(handle, wall.id(), place, camera.get());
            }
        }
    }

    private static void addTile(Handle handle, UUID wall, int place, CameraId camera) {
        handle.createUpdate(
                        """
                        insert into register.wall_tile (wall, place, camera)
                        values (:wall, :place, :camera)
                        """)
                .bind("wall", wall)
                .bind("place", place)
                .bind("camera", camera.value())
                .execute();
    }

    static void remove(Handle handle, UUID id, Instant when, long entry) {
        handle.createUpdate(
                        "update register.wall set removed_at = :when, entry = :entry where id = :id")
                .bind("when", when)
                .bind("entry", entry)
                .bind("id", id)
                .execute();
    }
}
