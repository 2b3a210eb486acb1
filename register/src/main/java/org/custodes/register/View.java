package org.custodes.register;

import java.time.Duration;
import java.util.Arrays;

/// What a camera looks at, as far as the law cares.
public enum View {
    INDOOR("indoor", 72),
    OUTDOOR("outdoor", 48),
    /// A street, a square: ground that is nobody's own.
    PUBLIC("public", 48);

    private final String code;
    private final Duration retention;

    View(String code, int retentionHours) {
        this.code = code;
        this.retention = Duration.ofHours(retentionHours);
    }

    /// The word of the API and of the tables.
    public String code() {
        return code;
    }

    /// How long footage lives if nobody says otherwise (EDPB 3/2019 paragraph 121; 48 h outdoors).
    public Duration defaultRetention() {
        return retention;
    }

    /// Reads what [#code] wrote.
    ///
    /// @throws IllegalArgumentException if this version knows no such word
    static View of(String code) {
        return Arrays.stream(values())
                .filter(view -> view.code.equals(code))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Unknown word: " + code));
    }
}
