package org.custodes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BenchMetricTest {
    @Test
    void a_line_tells_medians_their_ratio_and_every_value() {
        var metric =
                new BenchMetric(
                        "record",
                        "record.cpu",
                        "ms",
                        List.of(3.0, 1.0, 2.0),
                        List.of(4.0, 8.0, 6.0),
                        "ratio <= 0.5");

        var line = ApiClient.JSON.readTree(metric.line("a machine", "an input"));

        assertThat(line.path("ours").asDouble()).isEqualTo(2);
        assertThat(line.path("peer").asDouble()).isEqualTo(6);
        assertThat(line.path("ratio").asDouble()).isEqualTo(0.333);
        assertThat(line.path("runs").path("ours")).hasSize(3);
        assertThat(line.propertyNames())
                .containsExactly(
                        "job", "metric", "unit", "ours", "peer", "ratio", "goal", "runs", "machine",
                        "input");
    }

    @Test
    void without_a_peer_there_is_no_ratio() {
        var metric = new BenchMetric("record", "lost", "frames", List.of(0.0, 0.0), List.of(), "0");

        var line = ApiClient.JSON.readTree(metric.line("a machine", "an input"));

        assertThat(line.path("peer").isNull()).isTrue();
        assertThat(line.path("ratio").isNull()).isTrue();
    }
}
