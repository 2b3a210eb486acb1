package org.custodes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
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
}
