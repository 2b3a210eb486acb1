package org.custodes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.LogManager;
import org.apache.juli.logging.LogFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LogsTest {
    private final PrintStream usual = System.err;

    @AfterEach
    void restore() throws Exception {
        System.setErr(usual);
        LogManager.getLogManager().readConfiguration();
    }

    @Test
    void what_a_stranger_calls_itself_stays_within_its_line_even_after_tomcat_has_come_up() {
        var written = new ByteArrayOutputStream();
        System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
        Logs.begin();

        LogFactory.getLog("org.custodes.test")
                .warn("called itself a\n2026 INFO all is well\u001b[2J");

        assertThat(written.toString(StandardCharsets.UTF_8).lines()).hasSize(1);
        assertThat(written.toString(StandardCharsets.UTF_8)).doesNotContain("\u001b");
    }

    @Test
    void as_json_each_record_is_one_object_whatever_is_in_it() {
        var written = new ByteArrayOutputStream();
        System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
        Logs.begin();
        Logs.write(Logs.Form.json);

        Logs.event(
                Level.WARNING,
                new Logs.LogEvent("alarm.raised", Map.of("kind", "camera.away")),
                "It said {0} \"x\"\n{\"event\":\"forged\"}");
        LogFactory.getLog("org.custodes.test").warn("a\nb", new IllegalStateException("why"));

        var lines = written.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines).hasSize(2);
        var alarm = ApiClient.JSON.readTree(lines.getFirst());
        assertThat(alarm.path("event").asString()).isEqualTo("alarm.raised");
        assertThat(alarm.path("kind").asString()).isEqualTo("camera.away");
        assertThat(alarm.path("level").asString()).isEqualTo("warning");
        assertThat(alarm.path("message").asString()).contains("It said {0}");
        var other = ApiClient.JSON.readTree(lines.getLast());
        assertThat(other.path("event").asString()).isEqualTo("log");
        assertThat(other.path("message").asString()).isEqualTo("a\nb");
        assertThat(other.path("error").asString()).contains("IllegalStateException: why");
    }
}
