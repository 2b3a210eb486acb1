package org.custodes.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;
import picocli.CommandLine;

/// What lies around a command that speaks to a server: where this person's sign-in is kept, what is
/// piped in, and the zone in which times are told.
///
/// Commands get it by constructor, from [#commands()].
record Surroundings(Folders folders, InputStream input, ZoneId zone) {

    static Surroundings ofThisMachine() {
        return new Surroundings(Folders.ofThisMachine(), System.in, ZoneId.systemDefault());
    }

    /// The first line of what is piped in, empty if there is none.
    Optional<String> firstLine() {
        try {
            var reader = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8));
            return Optional.ofNullable(reader.readLine());
        } catch (IOException e) {
            throw new CannotStartException("Standard input cannot be read: " + e.getMessage(), e);
        }
    }

    /// A time that a server told, as people at this machine read it.
    String told(String instant) {
        var time = ZonedDateTime.parse(instant).withZoneSameInstant(zone);
        return "%tF %<tT %s".formatted(time, time.getOffset().getId().equals("Z") ? "UTC" : zone);
    }

    /// Makes commands; those that ask for their surroundings get these.
    CommandLine.IFactory commands() {
        var usual = CommandLine.defaultFactory();
        return new CommandLine.IFactory() {
            @Override
            public <K> K create(Class<K> type) throws Exception {
                for (var constructor : type.getDeclaredConstructors()) {
                    if (constructor.getParameterCount() == 1
                            && constructor.getParameterTypes()[0] == Surroundings.class) {
                        return type.cast(constructor.newInstance(Surroundings.this));
                    }
                }
                return usual.create(type);
            }
        };
    }
}
