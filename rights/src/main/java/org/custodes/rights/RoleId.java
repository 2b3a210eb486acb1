package org.custodes.rights;

import java.util.Objects;
import java.util.regex.Pattern;

/// Names a role: lower-case words with hyphens, 40 characters at most.
public record RoleId(String code) {
    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final int LONGEST = 40;

    public RoleId {
        Objects.requireNonNull(code);
        if (code.length() > LONGEST || !FORM.matcher(code).matches()) {
            throw new IllegalArgumentException(
                    "A role is named by lower-case words with hyphens, %d characters at most"
                            .formatted(LONGEST));
        }
    }

    @Override
    public String toString() {
        return code;
    }
}
