package org.custodes.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One figure of a bench: ours and the peer's in the same run, all values and their medians, as one
/// line of JSON.
///
/// @param ours one value per run
/// @param peer one value per run; empty where there is no peer
/// @param goal what `docs/benchmarks.md` asks for, as a ratio or a limit in words
record BenchMetric(
        String job, String metric, String unit, List<Double> ours, List<Double> peer, String goal) {

    /// The goal of what must not happen at all.
    static final String NOTHING = "0";

    BenchMetric {
        ours = List.copyOf(ours);
        peer = List.copyOf(peer);
    }

    /// Whether something was lost of which nothing may be.
    boolean lost() {
        return goal.equals(NOTHING) && ours.stream().anyMatch(value -> value != 0);
    }

    /// @param machine what it ran on
    /// @param input what was sent, with its hash
    String line(String machine, String input) {
        var line = new LinkedHashMap<String, @Nullable Object>();
        line.put("job", job);
        line.put("metric", metric);
        line.put("unit", unit);
        line.put("ours", rounded(median(ours)));
        line.put("peer", peer.isEmpty() ? null : rounded(median(peer)));
        line.put("ratio", peer.isEmpty() ? null : rounded(median(ours) / median(peer)));
        line.put("goal", goal);
        line.put("runs", Map.of("ours", roundedAll(ours), "peer", roundedAll(peer)));
        line.put("machine", machine);
        line.put("input", input);
        return ApiClient.JSON.writeValueAsString(line);
    }

    static double median(List<Double> values) {
        var sorted = new ArrayList<>(values);
        sorted.sort(null);
        var middle = sorted.size() / 2;
        return sorted.size() % 2 == 1
                ? sorted.get(middle)
                : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /// The value that `part` of all are below, 0.99 for the 99th percentile.
    static double quantile(List<Double> values, double part) {
        var sorted = values.stream().sorted().toList();
        return sorted.get((int) Math.min(sorted.size() - 1, Math.floor(part * sorted.size())));
    }

    private static List<Double> roundedAll(List<Double> values) {
        return values.stream().map(BenchMetric::rounded).toList();
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
