package org.custodes.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;
import org.jspecify.annotations.Nullable;

/// What the program logs goes to standard error, one record per line; words for people go to standard
/// output by the commands themselves. Everybody's log calls end in java.util.logging, which Tomcat
/// uses by itself.
final class Logs {
    // Held for as long as the program runs: a logger that nobody holds is forgotten, and its level
    // with it.
    private static final Logger OURS = Logger.getLogger("org.custodes");

    /// Why it cannot start is told by whoever started it, in one sentence.
    private static final Logger WEB_SERVER =
            Logger.getLogger("org.springframework.boot.web.server");

    /// How records are written.
    enum Form {
        text,
        json
    }

    /// A name that does not change, and what belongs to it: for whoever reads logs by machine.
    ///
    /// @param name such as `alarm.raised`
    record LogEvent(String name, Map<String, String> fields) {}

    private Logs() {}

    /// Tells of an event. Its message is for people.
    static void event(Level level, LogEvent event, String message) {
        var entry = new LogRecord(level, message);
        entry.setLoggerName(OURS.getName());
        entry.setParameters(new Object[] {event});
        OURS.log(entry);
    }

    /// From now on records are written so.
    static void write(Form form) {
        for (var handler : Logger.getLogger("").getHandlers()) {
            handler.setFormatter(
                    switch (form) {
                        case text -> new OneLine();
                        case json -> new OneObject();
                    });
        }
    }

    /// Warnings of everybody, and what our own rooms find worth telling.
    static void begin() {
        LogManager.getLogManager().reset();
        var handler = new ToStandardError();
        handler.setLevel(Level.ALL);
        var root = Logger.getLogger("");
        root.setLevel(Level.WARNING);
        root.addHandler(handler);
        OURS.setLevel(Level.INFO);
        WEB_SERVER.setLevel(Level.OFF);
    }

    /// No `ConsoleHandler`: Tomcat takes those of the root logger and gives them a formatter of its own,
    /// which lets line breaks pass.
    private static final class ToStandardError extends StreamHandler {
        ToStandardError() {
            super(System.err, new OneLine());
        }

        @Override
        public synchronized void publish(LogRecord entry) {
            super.publish(entry);
            flush();
        }

        /// Standard error is not ours to close.
        @Override
        public synchronized void close() {
            flush();
        }
    }

    /// One JSON object a line (docs/operation.md). Whatever is in a text, JSON escapes it.
    private static final class OneObject extends Formatter {
        @Override
        public String format(LogRecord entry) {
            var line = new LinkedHashMap<String, Object>();
            line.put("time", entry.getInstant().toString());
            line.put("level", entry.getLevel().getName().toLowerCase(Locale.ROOT));
            line.put("logger", String.valueOf(entry.getLoggerName()));
            var event = eventOf(entry);
            line.put("event", event == null ? "log" : event.name());
            // An event's message is whole: a brace in what a camera said fills nothing in.
            line.put("message", event == null ? formatMessage(entry) : entry.getMessage());
            if (event != null) {
                line.putAll(event.fields());
            }
            if (entry.getThrown() != null) {
                line.put("error", OneLine.stackOf(entry.getThrown()));
            }
            return ApiClient.JSON.writeValueAsString(line) + "\n";
        }
    }

    private static @Nullable LogEvent eventOf(LogRecord entry) {
        var parameters = entry.getParameters();
        return parameters != null
                        && parameters.length == 1
                        && parameters[0] instanceof LogEvent event
                ? event
                : null;
    }

    /// Line breaks and other control characters in messages are escaped: whatever a camera or a browser
    /// calls itself stays within its record (CWE-117).
    private static final class OneLine extends Formatter {
        private static final DateTimeFormatter TIME =
                DateTimeFormatter.ISO_OFFSET_DATE_TIME.withZone(ZoneId.systemDefault());

        @Override
        public String format(LogRecord entry) {
            var name = entry.getLoggerName();
            var source = name == null ? "" : name.substring(name.lastIndexOf('.') + 1);
            return "%s %s %s: %s%s%n"
                    .formatted(
                            TIME.format(entry.getInstant()),
                            entry.getLevel(),
                            source,
                            escaped(
                                    eventOf(entry) == null
                                            ? formatMessage(entry)
                                            : entry.getMessage()),
                            trace(entry));
        }

        private static String trace(LogRecord entry) {
            if (entry.getThrown() == null) {
                return "";
            }
            return " | " + escaped(stackOf(entry.getThrown()));
        }

        static String stackOf(Throwable thrown) {
            var text = new StringWriter();
            thrown.printStackTrace(new PrintWriter(text, true));
            return text.toString();
        }

        private static String escaped(String text) {
            var line = new StringBuilder(text.length());
            text.codePoints()
                    .forEach(point -> {
                        if (Character.isISOControl(point)
                                || Character.getType(point) == Character.FORMAT) {
                            line.append("\\u%04x".formatted(point));
                        } else {
                            line.appendCodePoint(point);
                        }
                    });
            return line.toString();
        }
    }
}
