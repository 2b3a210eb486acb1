package org.custodes.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.SplittableRandom;
import org.custodes.mishap.SimulatedDisk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
    @TempDir Path place;

    @Test
    void a_new_folder_is_readable_by_its_owner_only_and_opens_again() throws IOException {
        var path = place.resolve("data");
        DataFolder.open(path, false).close();

        try (var again = DataFolder.open(path, false)) {
            assertThat(again.path()).isEqualTo(path);
        }
        assertThat(Files.getPosixFilePermissions(path)).hasSize(3);
        assertThat(DataFolder.exists(path)).isTrue();
    }

    @Test
    void a_folder_that_was_opened_once_is_ours_after_a_power_cut() {
        var disk = new SimulatedDisk();
        var before = new ArrayList<SimulatedDisk>();
        var chance = new SplittableRandom(1);
        disk.afterEachStep(() -> before.add(disk.crashImage(chance)));

        try (var _ = DataFolder.open(disk.path("/data"), false)) {
            for (var image = 0; image < 50; image++) {
                var left = disk.crashImage(chance);
                assertThat(DataFolder.exists(left.path("/data"))).isTrue();
            }
        }

        // And while it is being made, what is left can be made whole.
        for (var left : before) {
            var path = left.path("/data");
            DataFolder.open(path, false).close();
            assertThat(DataFolder.exists(path)).isTrue();
        }
    }

    @Test
    void a_folder_of_a_newer_version_is_refused() throws IOException {
        Files.writeString(place.resolve("FORMAT"), "custodes data folder 2\n");

        assertThatThrownBy(() -> DataFolder.open(place, false))
                .isInstanceOf(CannotStartException.class)
                .hasMessageContaining("custodes data folder 2")
                .hasMessageContaining("newer program");
    }

    @Test
    void serve_refuses_what_the_demonstration_made_and_the_other_way_round() {
        var demo = place.resolve("demo");
        DataFolder.open(demo, true).close();
        var real = place.resolve("real");
        DataFolder.open(real, false).close();

        assertThatThrownBy(() -> DataFolder.open(demo, false))
                .hasMessageContaining("made by the demonstration");
        assertThatThrownBy(() -> DataFolder.open(real, true))
                .hasMessageContaining("a real installation");
    }

    @Test
    void a_folder_with_strange_things_in_it_is_left_alone() throws IOException {
        Files.writeString(place.resolve("holiday.txt"), "mine");

        assertThatThrownBy(() -> DataFolder.open(place, false))
                .hasMessageContaining("not empty")
                .hasMessageContaining("holiday.txt");
        assertThat(place.resolve("FORMAT")).doesNotExist();
    }
}
