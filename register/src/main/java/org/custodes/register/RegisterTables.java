package org.custodes.register;

import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/// All tables of this room, read at once.
final class RegisterTables {
    private RegisterTables() {}

    static RegisterState load(Handle handle) {
        var devices = DeviceTable.all(handle);
        return new RegisterState(
                SiteTable.all(handle).stream()
                        .collect(Collectors.toMap(Site::id, Function.identity())),
                devices.stream()
                        .collect(
                                Collectors.toMap(
                                        row -> row.device().id(), DeviceTable.Row::device)),
                devices.stream()
                        .filter(row -> row.secret().isPresent())
                        .collect(
                                Collectors.toMap(
                                        row -> row.device().id(),
                                        row -> row.secret().orElseThrow())),
                CameraTable.all(handle).stream()
                        .collect(Collectors.toMap(Camera::id, Function.identity())),
                WallTable.all(handle).stream()
                        .collect(Collectors.toMap(Wall::id, Function.identity())),
                GroupTable.all(handle).stream()
                        .collect(Collectors.toMap(Group::id, Function.identity())));
    }
}
