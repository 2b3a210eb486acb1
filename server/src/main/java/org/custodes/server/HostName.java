package org.custodes.server;

import java.util.Locale;
import java.util.regex.Pattern;

/// The one name of this server, in certificate, cookies and links: lower case, no address.
///
/// @param text labels of letters, digits and hyphens (RFC 1123 section 2.1), at most 253 characters
record HostName(String text) {
    private static final Pattern LABELS =
            Pattern.compile(
                    "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*");
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+");
    private static final int LONGEST = 253;

    HostName(String text) {
        this.text = text.toLowerCase(Locale.ROOT);
        if (text.length() > LONGEST
                || !LABELS.matcher(this.text).matches()
                || ADDRESS.matcher(this.text).matches()) {
            throw new IllegalArgumentException(
                    ("The server needs a host name such as cctv.example.org or localhost, not an"
                                    + " address, but got '%s'. Give one with --name HOST.")
                            .formatted(text.substring(0, Math.min(60, text.length()))));
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
