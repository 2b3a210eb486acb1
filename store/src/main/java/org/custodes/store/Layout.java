package org.custodes.store;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import org.custodes.media.CameraId;
import org.custodes.media.MediaClass;
import org.custodes.media.TrackId;

/// Where things lie in a volume. Names are ids and days, never names that people gave.
///
/// ```
/// FORMAT  volume  lock
/// open/<day>.<track>.<pack>                 an empty file per pack being written; zeros for a note
/// packs/<day>/<track>/<pack>.pack           so that a track's day is dropped folder by folder
/// catalogue/<track>/<day>.cat
/// catalogue/<track>/summary
/// ```
/// A track is named `<camera, 32 hex digits>-<stream, 2 hex digits>-<class>`, a pack by 32 hex digits.
record Layout(Path root) {
    static final String PACK_SUFFIX = ".pack";
    static final String DAY_SUFFIX = ".cat";
    static final String SUMMARY = "summary";

    private static final HexFormat HEX = HexFormat.of();

    /// The name of an entry of `open/`, which says where the pack lies.
    record OpenName(LocalDate day, TrackId track, UUID pack) {
        private static final UUID NO_PACK = new UUID(0, 0);

        /// The name that stands there while only a note is written to a day's catalogue.
        static OpenName ofNote(LocalDate day, TrackId track) {
            return new OpenName(day, track, NO_PACK);
        }

        boolean isOfDay(OpenName other) {
            return day.equals(other.day) && track.equals(other.track);
        }

        @Override
        public String toString() {
            return "%s.%s.%s".formatted(day, name(track), hex(pack));
        }

        static Optional<OpenName> parse(String name) {
            var parts = name.split("\\.", -1);
            if (parts.length != 3) {
                return Optional.empty();
            }
            var day = Layout.day(parts[0]);
            var track = Layout.track(parts[1]);
            var pack = Layout.uuid(parts[2]);
            if (day.isEmpty() || track.isEmpty() || pack.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(new OpenName(day.get(), track.get(), pack.get()));
        }
    }

    Path format() {
        return root.resolve("FORMAT");
    }

    Path id() {
        return root.resolve("volume");
    }

    Path lock() {
        return root.resolve("lock");
    }

    Path trial() {
        return root.resolve("trial");
    }

    Path openFolder() {
        return root.resolve("open");
    }

    Path open(OpenName name) {
        return openFolder().resolve(name.toString());
    }

    Path packs() {
        return root.resolve("packs");
    }

    Path packs(LocalDate day) {
        return packs().resolve(day.toString());
    }

    Path packs(LocalDate day, TrackId track) {
        return packs(day).resolve(name(track));
    }

    Path pack(LocalDate day, TrackId track, UUID pack) {
        return packs(day, track).resolve(hex(pack) + PACK_SUFFIX);
    }

    Path pack(PackHeader header) {
        return pack(header.day(), header.track(), header.packId());
    }

    Path catalogue() {
        return root.resolve("catalogue");
    }

    Path catalogue(TrackId track) {
        return catalogue().resolve(name(track));
    }

    Path day(TrackId track, LocalDate day) {
        return catalogue(track).resolve(day + DAY_SUFFIX);
    }

    Path summary(TrackId track) {
        return catalogue(track).resolve(SUMMARY);
    }

    static String name(TrackId track) {
        return "%s-%02x-%s"
                .formatted(hex(track.camera().value()), track.stream(), track.mediaClass().code());
    }

    static Optional<TrackId> track(String name) {
        var parts = name.split("-", -1);
        if (parts.length != 3 || parts[1].length() != 2) {
            return Optional.empty();
        }
        var camera = uuid(parts[0]);
        var mediaClass = mediaClass(parts[2]);
        if (camera.isEmpty() || mediaClass.isEmpty() || !isHex(parts[1])) {
            return Optional.empty();
        }
        return Optional.of(
                new TrackId(
                        new CameraId(camera.get()),
                        HexFormat.fromHexDigits(parts[1]),
                        mediaClass.get()));
    }

    static Optional<LocalDate> day(String name) {
        try {
            return Optional.of(LocalDate.parse(name));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    static Optional<UUID> uuid(String hex) {
        if (hex.length() != 32 || !isHex(hex)) {
            return Optional.empty();
        }
        return Optional.of(
                new UUID(
                        HexFormat.fromHexDigitsToLong(hex, 0, 16),
                        HexFormat.fromHexDigitsToLong(hex, 16, 32)));
    }

    /// The pack that a file's name names.
    static Optional<UUID> packOf(String file) {
        return file.endsWith(PACK_SUFFIX)
                ? uuid(file.substring(0, file.length() - PACK_SUFFIX.length()))
                : Optional.empty();
    }

    static String hex(UUID id) {
        return HEX.toHexDigits(id.getMostSignificantBits())
                + HEX.toHexDigits(id.getLeastSignificantBits());
    }

    private static boolean isHex(String text) {
        // Only the form that hex() writes: one thing has one name.
        return text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    }

    private static Optional<MediaClass> mediaClass(String code) {
        for (var mediaClass : MediaClass.values()) {
            if (mediaClass.code().equals(code)) {
                return Optional.of(mediaClass);
            }
        }
        return Optional.empty();
    }
}
