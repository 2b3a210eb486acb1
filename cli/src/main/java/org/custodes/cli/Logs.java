package org.custodes.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;

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

    private Logs() {}

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
                            escaped(formatMessage(entry)),
                            trace(entry));
        }

        private static String trace(LogRecord entry) {
            if (entry.getThrown() == null) {
                return "";
            }
            var text = new StringWriter();
            entry.getThrown().printStackTrace(new PrintWriter(text, true));
            return " | " + escaped(text.toString());
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
