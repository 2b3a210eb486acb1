package org.custodes.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/// How long storage lasts, by what was really recorded.
@Command(
        name = "storage",
        description = "Tell how long storage lasts if recording goes on as it did.")
final class StorageCommand extends ApiCommand implements Callable<Integer> {
    private static final double GIGABYTE = 1e9;

    StorageCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    public Integer call() {
        try (var client = client()) {
            var forecast = client.get("/api/v1/storage");
            if (json()) {
                out().println(forecast);
                return 0;
            }
            tell(forecast, client.get("/api/v1/cameras").path("items"));
            return 0;
        }
    }

    private void tell(JsonNode forecast, JsonNode cameras) {
        if (forecast.path("cameras").isEmpty()) {
            out().println("No camera is recorded, so nothing can be said.");
            return;
        }
        out().println(whole(forecast));
        out().println(
                        "%s a day; %s free above the reserve."
                                .formatted(
                                        size(forecast.path("bytesPerDay")),
                                        size(forecast.path("freeBytes"))));
        if (forecast.path("provisional").asBoolean()) {
            out().println(
                            "A first guess: less than a day of footage is there, and days and nights differ.");
        }
        var names = new HashMap<String, String>();
        cameras.forEach(
                camera -> names.put(camera.path("id").asString(), camera.path("name").asString()));
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("CAMERA", "RETENTION", "A DAY", "KEPT", "NEEDS", "JUDGED BY"));
        for (var camera : forecast.path("cameras")) {
            rows.add(row(camera, names.getOrDefault(camera.path("camera").asString(), "-")));
        }
        print(out(), rows);
    }

    private String whole(JsonNode forecast) {
        if (forecast.path("fullAt").isString()) {
            return "Full at %s if recording goes on so."
                    .formatted(surroundings().told(forecast.path("fullAt").asString()));
        }
        return forecast.path("bytesPerDay").asLong() == 0
                ? "Too little footage yet to say anything."
                : "Storage suffices: footage falls due as fast as it comes.";
    }

    private static List<String> row(JsonNode camera, String name) {
        var known = !camera.path("verdict").asString().equals("unknown");
        return List.of(
                name,
                switch (camera.path("verdict").asString()) {
                    case "kept" -> "can be kept";
                    case "short" -> "does not fit";
                    default -> "too little footage";
                },
                known ? size(camera.path("bytesPerDay")) : "-",
                camera.path("retentionHours").asLong() + " h",
                known ? size(camera.path("neededBytes")) : "-",
                "%.1f h".formatted(camera.path("basisHours").asDouble()));
    }

    private static String size(JsonNode bytes) {
        return "%.1f GB".formatted(bytes.asLong() / GIGABYTE);
    }
}
