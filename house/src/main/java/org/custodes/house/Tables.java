package org.custodes.house;

import java.sql.SQLException;
import org.custodes.database.Database;

/// The tables of rooms, in a test's database.
public final class Tables {
    private Tables() {}

    /// Empties the tables of these rooms, so that every test begins with none while the schema is made once
    /// per class.
    public static void empty(Database database, String... rooms) {
        try (var connection = database.dataSource().getConnection();
                var tables =
                        connection.prepareStatement(
                                """
                                select string_agg(format('%I.%I', schemaname, tablename), ', ') from pg_tables
                                where schemaname = any (?) and tablename <> 'flyway_schema_history'
                                """);
                var emptying = connection.createStatement()) {
            tables.setArray(1, connection.createArrayOf("text", rooms));
            try (var found = tables.executeQuery()) {
                // All at once: each alone would wait for the disk.
                if (found.next() && found.getString(1) != null) {
                    emptying.execute("truncate %s cascade".formatted(found.getString(1)));
                }
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
