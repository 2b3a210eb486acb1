package org.custodes.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/// Cameras in the words of a terminal.
final class CameraWords {
    private CameraWords() {}

    /// How a camera fares.
    static String state(JsonNode state) {
        var cause = state.path("cause").asString("").replace('-', ' ');
        return switch (state.path("phase").asString("")) {
            case "streaming" -> "recording";
            case "certificate-changed" -> "another certificate, not recorded";
            case "barred" -> "not encrypted, so not called";
            case "backing-off" -> "no answer" + (cause.isEmpty() ? "" : ": " + cause);
            case String phase -> phase + (cause.isEmpty() ? "" : ": " + cause);
        };
    }

    /// Which way its pictures take; empty for those who may not know.
    static String way(JsonNode camera) {
        var way = camera.path("transport").asString("");
        return camera.path("device").path("encrypted").asBoolean(false) ? way + ", TLS" : way;
    }

    /// A fingerprint as cameras show it on their own pages: `AB:CD:...`.
    static String fingerprint(String sha256) {
        return sha256.toUpperCase(Locale.ROOT).replaceAll("(..)(?!$)", "$1:");
    }

    /// All that is known of a camera, one fact a row.
    static List<List<String>> camera(JsonNode camera) {
        var rows = new ArrayList<List<String>>();
        var device = camera.path("device");
        var state = camera.path("state");
        rows.add(List.of("Name", camera.path("name").asString()));
        rows.add(List.of("Purpose", camera.path("purpose").asString()));
        rows.add(List.of("State", state(state)));
        if (state.has("message")) {
            rows.add(List.of("", state.path("message").asString()));
        }
        if (device.has("host")) {
            rows.add(
                    List.of(
                            "Device",
                            "%s:%d"
                                    .formatted(
                                            device.path("host").asString(),
                                            device.path("port").asInt())));
            rows.add(List.of("Pictures by", way(camera)));
        }
        if (device.has("certificate")) {
            var certificate = device.path("certificate");
            rows.add(
                    List.of(
                            "Certificate (SHA-256)",
                            fingerprint(certificate.path("sha256").asString())));
            rows.add(List.of("Known by it since", certificate.path("since").asString()));
        }
        if (state.has("certificate")) {
            rows.add(List.of("It shows now", fingerprint(state.path("certificate").asString())));
        }
        if (camera.has("plainException")) {
            var exception = camera.path("plainException");
            rows.add(
                    List.of(
                            "Unencrypted until",
                            "%s: %s"
                                    .formatted(
                                            exception.path("until").asString(),
                                            exception.path("reason").asString())));
        }
        rows.add(List.of("Kept", camera.path("retentionHours").asInt() + " h"));
        return rows;
    }

    /// What a test found, one fact a row.
    static List<List<String>> facts(JsonNode found) {
        if (found.path("certificateUnknown").asBoolean()) {
            return List.of(
                    List.of(
                            "Certificate (SHA-256)",
                            fingerprint(found.path("certificate").asString())),
                    List.of(
                            "Not known yet",
                            "Nothing was said to it. Compare this with what its own page shows, and test"
                                    + " again with --certificate."));
        }
        var rows = new ArrayList<List<String>>();
        rows.add(
                List.of(
                        "It answers",
                        found.path("keyFrameArrived").asBoolean()
                                ? "and a key frame arrived"
                                : "but no key frame arrived in time"));
        rows.add(List.of("Format", format(found)));
        rows.add(List.of("Pictures by", found.path("transport").asString("tcp")));
        if (found.has("certificate")) {
            rows.add(
                    List.of(
                            "Certificate (SHA-256)",
                            fingerprint(found.path("certificate").asString())));
        }
        if (found.has("width")) {
            rows.add(
                    List.of(
                            "Size",
                            "%dx%d"
                                    .formatted(
                                            found.path("width").asInt(),
                                            found.path("height").asInt())));
        }
        if (found.has("framesPerSecond")) {
            rows.add(
                    List.of(
                            "Rate",
                            "%.1f frames/s".formatted(found.path("framesPerSecond").asDouble())));
        }
        if (found.has("keyFrameDistanceMillis")) {
            rows.add(
                    List.of(
                            "Key frame every",
                            "%.1f s"
                                    .formatted(
                                            found.path("keyFrameDistanceMillis").asLong() / 1e3)));
        }
        if (found.has("bitsPerSecond")) {
            rows.add(
                    List.of(
                            "Bit rate",
                            "%.2f Mbit/s".formatted(found.path("bitsPerSecond").asLong() / 1e6)));
        }
        if (found.has("clockDifferenceMillis")) {
            rows.add(List.of("Its clock", clock(found.path("clockDifferenceMillis").asLong())));
        }
        rows.add(List.of("Also there", others(found)));
        return rows;
    }

    private static String format(JsonNode found) {
        var codec = found.path("codec").asString("unknown").replace("h26", "H.26");
        return found.has("rfc6381") ? codec + ", " + found.path("rfc6381").asString() : codec;
    }

    private static String clock(long millis) {
        return millis == 0
                ? "agrees with the recorder's"
                : "%d ms %s the recorder's"
                        .formatted(Math.abs(millis), millis > 0 ? "ahead of" : "behind");
    }

    private static String others(JsonNode found) {
        var others = new ArrayList<String>();
        for (var sense : List.of("microphone", "metadata", "backChannel")) {
            if (found.path(sense).asBoolean()) {
                others.add(sense.equals("backChannel") ? "speaker" : sense);
            }
        }
        return others.isEmpty() ? "nothing else" : String.join(", ", others) + " (stays off)";
    }
}
