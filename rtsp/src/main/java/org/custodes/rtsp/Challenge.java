package org.custodes.rtsp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// One demand for a proof of identity, as `WWW-Authenticate` words it (RFC 7235 section 4.1): a scheme
/// and its parameters, names in lower case.
record Challenge(String scheme, Map<String, String> parameters) {
    private static final int MOST = 16;

    Challenge {
        parameters = Map.copyOf(parameters);
    }

    String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }

    /// Reads a header's value, in which several challenges may follow each other. What cannot be read
    /// is left out.
    static List<Challenge> readAll(String value) {
        return new Reader(value).read();
    }

    /// Reads from left to right, each character once.
    private static final class Reader {
        private final String text;
        private final List<Challenge> challenges = new ArrayList<>();
        private String scheme = "";
        private Map<String, String> parameters = new HashMap<>();
        private int at;

        Reader(String text) {
            this.text = text;
        }

        List<Challenge> read() {
            while (at < text.length() && challenges.size() < MOST) {
                skipSeparators();
                var word = word();
                if (at < text.length() && text.charAt(at) == '=') {
                    at++;
                    parameters.putIfAbsent(word.toLowerCase(Locale.ROOT), value());
                } else if (!word.isEmpty()) {
                    end();
                    scheme = word;
                } else {
                    at++;
                }
            }
            end();
            return List.copyOf(challenges);
        }

        private void end() {
            if (!scheme.isEmpty()) {
                challenges.add(new Challenge(scheme, parameters));
            }
            parameters = new HashMap<>();
        }

        private void skipSeparators() {
            while (at < text.length() && " \t,".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
        }

        private String word() {
            var start = at;
            while (at < text.length() && " \t,=\"".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            var word = text.substring(start, at);
            skipSpaceBeforeEquals();
            return word;
        }

        private void skipSpaceBeforeEquals() {
            var next = at;
            while (next < text.length() && text.charAt(next) == ' ') {
                next++;
            }
            if (next < text.length() && text.charAt(next) == '=') {
                at = next;
            }
        }

        private String value() {
            while (at < text.length() && text.charAt(at) == ' ') {
                at++;
            }
            return at < text.length() && text.charAt(at) == '"' ? quoted() : word();
        }

        private String quoted() {
            var value = new StringBuilder();
            at++;
            while (at < text.length() && text.charAt(at) != '"') {
                if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                    at++;
                }
                value.append(text.charAt(at));
                at++;
            }
            at++;
            return value.toString();
        }
    }
}
