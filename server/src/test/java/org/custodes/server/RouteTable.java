package org.custodes.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.custodes.access.Template;

/// The list of routes and roles, as `docs/api.md` has it: who may use what. It is written by hand, so
/// that what the server does can be held against it.
final class RouteTable {
    private static final Path PAGE = Path.of("../docs/api.md");
    private static final Pattern ROUTE =
            Pattern.compile("`(GET|POST|PUT|PATCH|DELETE) (/api/[^`?]*)");
    private static final Pattern WORD = Pattern.compile("[A-Z]+");
    private static final Map<String, Template> LETTERS =
            Map.of(
                    "E", Template.EMERGENCY,
                    "A", Template.SYSTEM_ADMINISTRATOR,
                    "S", Template.SECURITY_OFFICER,
                    "O", Template.OPERATOR,
                    "V", Template.SUPERVISOR,
                    "N", Template.INVESTIGATOR,
                    "D", Template.DATA_PROTECTION_OFFICER,
                    "R", Template.AUDITOR,
                    "I", Template.INSTALLER);

    /// Who may use a route.
    ///
    /// @param signedOut whether nobody needs to be signed in
    /// @param roleless whether somebody may who has no role left
    record Row(boolean signedOut, boolean roleless, Set<Template> roles) {
        Row {
            roles = Set.copyOf(roles);
        }

        boolean may(Optional<Template> role) {
            return role.map(roles::contains).orElse(roleless);
        }

        private static Row of(String cell) {
            return switch (cell.charAt(0)) {
                case '-' -> new Row(true, true, EnumSet.allOf(Template.class));
                case '+' -> new Row(false, true, EnumSet.allOf(Template.class));
                case '*' -> new Row(false, false, EnumSet.allOf(Template.class));
                default -> new Row(false, false, named(cell));
            };
        }

        private static Set<Template> named(String cell) {
            var roles = EnumSet.noneOf(Template.class);
            WORD.matcher(cell)
                    .results()
                    .map(MatchResult::group)
                    .forEach(word -> Optional.ofNullable(LETTERS.get(word)).ifPresent(roles::add));
            return roles;
        }
    }

    private final Map<String, Row> rows;

    private RouteTable(Map<String, Row> rows) {
        this.rows = rows;
    }

    static RouteTable read() {
        var rows = new TreeMap<String, Row>();
        for (var line : lines()) {
            var cells = line.split(" \\| ", -1);
            if (line.startsWith("| `") && cells.length >= 3) {
                var names = ROUTE.matcher(cells[0]);
                while (names.find()) {
                    rows.put(names.group(1) + " " + names.group(2), Row.of(cells[1]));
                }
            }
        }
        return new RouteTable(rows);
    }

    private static Iterable<String> lines() {
        try {
            return Files.readAllLines(PAGE);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static RouteTable of(Map<String, Row> rows) {
        return new RouteTable(Map.copyOf(rows));
    }

    static String nameOf(Route<?> route) {
        return route.method() + " " + route.path();
    }

    Optional<Row> rowOf(Route<?> route) {
        return Optional.ofNullable(rows.get(nameOf(route)));
    }

    Map<String, Row> rows() {
        return rows;
    }
}
