package org.custodes.server;

import java.util.Locale;

/// Writes Prometheus' text format, version 0.0.4. Names and labels are ours; values of labels are
/// escaped, for a folder's name may hold anything.
final class Exposition {
    static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final StringBuilder text = new StringBuilder(16_384);

    /// Begins a metric; its samples follow at once.
    Exposition counter(String name, String help) {
        return begin(name, help, "counter");
    }

    /// Begins a metric; its samples follow at once.
    Exposition gauge(String name, String help) {
        return begin(name, help, "gauge");
    }

    private Exposition begin(String name, String help, String type) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
        return this;
    }

    /// One sample.
    ///
    /// @param labels names and values in turns
    Exposition sample(String name, double value, String... labels) {
        text.append(name);
        for (var i = 0; i + 1 < labels.length; i += 2) {
            text.append(i == 0 ? '{' : ',');
            text.append(labels[i]).append("=\"").append(escaped(labels[i + 1])).append('"');
        }
        text.append(labels.length > 0 ? "} " : " ").append(written(value)).append('\n');
        return this;
    }

    private static String written(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : String.format(Locale.ROOT, "%.9g", value);
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
