package org.custodes.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// What is piped in.
final class StandardInput {
    private StandardInput() {}

    /// The first line, empty if there is none.
    static Optional<String> firstLine() {
        try {
            var reader =
                    new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            return Optional.ofNullable(reader.readLine());
        } catch (IOException e) {
            throw new CannotStartException("Standard input cannot be read: " + e.getMessage(), e);
        }
    }
}
