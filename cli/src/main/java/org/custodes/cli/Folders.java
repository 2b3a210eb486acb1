package org.custodes.cli;

import java.nio.file.Path;
import java.util.Map;

/// Where things lie on this machine, by the XDG base directory rules and for root in system folders.
final class Folders {
    private final Map<String, String> environment;
    private final Path home;
    private final boolean root;

    Folders(Map<String, String> environment, Path home, boolean root) {
        this.environment = environment;
        this.home = home;
        this.root = root;
    }

    static Folders ofThisMachine() {
        return new Folders(
                System.getenv(),
                Path.of(System.getProperty("user.home")),
                "root".equals(System.getProperty("user.name")));
    }

    /// Recordings and everything beside them.
    Path data() {
        return root && environment.get("XDG_DATA_HOME") == null
                ? Path.of("/var/lib/custodes")
                : xdg("XDG_DATA_HOME", ".local/share");
    }

    /// The demonstration's recordings.
    Path demoData() {
        return xdg("XDG_DATA_HOME", ".local/share").resolveSibling("custodes-demo");
    }

    /// Root keys and this person's sign-in of the command line: apart from the data they open.
    Path configuration() {
        return root && environment.get("XDG_CONFIG_HOME") == null
                ? Path.of("/etc/custodes")
                : xdg("XDG_CONFIG_HOME", ".config");
    }

    /// What can be made again: the demonstration's footage, the database's programs.
    Path cache() {
        return xdg("XDG_CACHE_HOME", ".cache");
    }

    private Path xdg(String variable, String otherwise) {
        var set = environment.get(variable);
        var base = set == null || set.isBlank() ? home.resolve(otherwise) : Path.of(set);
        return base.resolve("custodes");
    }
}
