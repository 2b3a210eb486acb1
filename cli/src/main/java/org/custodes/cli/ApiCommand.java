package org.custodes.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// What commands that act through the server's API have in common.
@Command(mixinStandardHelpOptions = true)
abstract class ApiCommand {
    @Spec private @Nullable CommandSpec spec;

    @Option(names = "--json", description = "Print the server's answer as it is.")
    private boolean json;

    private final Surroundings surroundings;

    ApiCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    final ApiClient client() {
        return ApiClient.signedIn(surroundings.folders());
    }

    final Surroundings surroundings() {
        return surroundings;
    }

    final PrintWriter out() {
        return spec().commandLine().getOut();
    }

    final boolean json() {
        return json;
    }

    /// What was typed does not make sense.
    final ParameterException misused(String why) {
        return new ParameterException(spec().commandLine(), why);
    }

    private CommandSpec spec() {
        return Objects.requireNonNull(spec);
    }

    /// A password typed unseen; nothing is asked when no person is there.
    static Optional<String> askPassword(String prompt) {
        // Since JDK 22 there is always one; whether a person sits at it is another question.
        Console console = Objects.requireNonNull(System.console());
        if (!console.isTerminal()) {
            return Optional.empty();
        }
        return Optional.of(new String(console.readPassword("%s", prompt)));
    }

    /// A table whose columns are as wide as they must be.
    static void print(PrintWriter out, List<List<String>> rows) {
        var plain = new ArrayList<List<String>>();
        for (var row : rows) {
            plain.add(row.stream().map(Plain::text).toList());
        }
        var widths = new int[rows.getFirst().size()];
        for (var row : plain) {
            for (var column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        for (var row : plain) {
            var line = new StringBuilder();
            for (var column = 0; column < widths.length; column++) {
                var cell = row.get(column);
                line.append(cell).repeat(' ', widths[column] - cell.length() + 2);
            }
            out.println(line.toString().stripTrailing());
        }
    }
}
