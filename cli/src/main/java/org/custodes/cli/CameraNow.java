package org.custodes.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/// What the API tells of a camera at a moment.
///
/// @param streamingSince empty if it is not recorded now
/// @param oldest when its first record came, empty if there is none
/// @param newest when its last one came
/// @param syncedThrough up to where it is safe
record CameraNow(
        UUID id,
        Optional<Instant> streamingSince,
        Optional<Instant> oldest,
        Optional<Instant> newest,
        Optional<Instant> syncedThrough) {

    static List<CameraNow> all(BenchRecorder recorder) {
        var cameras = new ArrayList<CameraNow>();
        for (var camera : recorder.cameras()) {
            var state = camera.path("state");
            var storage = camera.path("storage");
            cameras.add(
                    new CameraNow(
                            UUID.fromString(camera.path("id").asString()),
                            time(state, "since")
                                    .filter(_ ->
                                            state.path("phase").asString("").equals("streaming")),
                            time(storage, "oldest"),
                            time(storage, "newest"),
                            time(storage, "syncedThrough")));
        }
        return cameras;
    }

    /// Waits until every camera has been recorded for so long since it began to stream, and something of
    /// that is safe. For a while after a start the API may have nothing to say.
    static void awaitRecorded(BenchRecorder recorder, Duration length) {
        Waiting.until(
                "every camera has been recorded for " + length,
                length.plusSeconds(60),
                () -> {
                    try {
                        return all(recorder).stream()
                                .allMatch(camera -> camera.isRecordedFor(length));
                    } catch (ApiException e) {
                        return false;
                    }
                });
    }

    private boolean isRecordedFor(Duration length) {
        return streamingSince.isPresent()
                && newest.filter(streamingSince.get().plus(length)::isBefore).isPresent()
                && syncedThrough.isPresent();
    }

    private static Optional<Instant> time(JsonNode of, String which) {
        return Optional.of(of.path(which).asString(""))
                .filter(told -> !told.isEmpty())
                .map(Instant::parse);
    }
}
