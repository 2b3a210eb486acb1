package org.custodes.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where the database is, if somebody else runs it.
final class DatabaseOptions {
    @Option(
            names = "--database",
            paramLabel = "URL",
            description = "A PostgreSQL of your own, as jdbc:postgresql://…")
    private @Nullable String url;

    @Option(
            names = "--database-user",
            description =
                    "Its user; the password is read from the environment variable"
                            + " CUSTODES_DATABASE_PASSWORD.")
    private String user = "custodes";

    /// Empty starts our own.
    Optional<HouseSettings.OutsideDatabase> outside() {
        if (url == null) {
            return Optional.empty();
        }
        var password = System.getenv("CUSTODES_DATABASE_PASSWORD");
        if (password == null) {
            throw new CannotStartException(
                    "--database needs its user's password in the environment variable CUSTODES_DATABASE_PASSWORD.");
        }
        return Optional.of(new HouseSettings.OutsideDatabase(url, user, password));
    }
}
