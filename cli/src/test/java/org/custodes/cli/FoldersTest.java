package org.custodes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FoldersTest {
    private static final Path HOME = Path.of("/home/ada");

    @Test
    void a_user_keeps_everything_at_home() {
        var folders = new Folders(Map.of(), HOME, false);

        assertThat(folders.data()).isEqualTo(HOME.resolve(".local/share/custodes"));
        assertThat(folders.demoData()).isEqualTo(HOME.resolve(".local/share/custodes-demo"));
        assertThat(folders.configuration()).isEqualTo(HOME.resolve(".config/custodes"));
        assertThat(folders.cache()).isEqualTo(HOME.resolve(".cache/custodes"));
    }

    @Test
    void root_keeps_data_and_keys_in_the_systems_places() {
        var folders = new Folders(Map.of(), Path.of("/root"), true);

        assertThat(folders.data()).isEqualTo(Path.of("/var/lib/custodes"));
        assertThat(folders.configuration()).isEqualTo(Path.of("/etc/custodes"));
    }

    @Test
    void the_environment_has_the_last_word() {
        var folders = new Folders(Map.of("XDG_DATA_HOME", "/srv"), Path.of("/root"), true);

        assertThat(folders.data()).isEqualTo(Path.of("/srv/custodes"));
    }
}
