package org.custodes.store;

import java.io.IOException;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.custodes.fuzz.HostileInput;
import org.custodes.media.CameraId;
import org.custodes.media.MediaClass;
import org.custodes.media.TrackId;
import org.custodes.mishap.SimulatedDisk;

/// A day of a catalogue, and a file of summaries. Checksums are made right before a day is read: who
/// writes catalogues to do harm can do that too.
public final class CatalogueFuzz {
    private static final UUID VOLUME = UUID.fromString("22222222-2222-4222-8222-222222222222");
    private static final LocalDate DAY = LocalDate.parse("2026-03-01");
    private static final UUID CAMERA = UUID.fromString("11111111-1111-4111-8111-111111111111");
    private static final TrackId TRACK = new TrackId(new CameraId(CAMERA), 0, MediaClass.ORIGINAL);

    private CatalogueFuzz() {}

    static List<byte[]> seeds() throws IOException {
        var seeds = new ArrayList<>(GoldenFiles.ending(".cat"));
        seeds.addAll(GoldenFiles.ending("summary"));
        return seeds;
    }

    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        HostileInput.withinBounds(() -> {
            day(input);
            summaries(input);
        });
    }

    private static void day(byte[] input) {
        if (input.length < CatalogueDay.HEADER) {
            return;
        }
        try {
            CatalogueDay.checkHeader(input, TRACK, DAY, VOLUME);
        } catch (StoreFormatException refused) {
            // What follows is read all the same: the header alone does not tell who wrote it.
        }
        var _ = CatalogueDay.isBlank(input);
        var entries = Arrays.copyOfRange(input, CatalogueDay.HEADER, input.length);
        PackFuzz.mend(entries, 0);
        var _ = CatalogueDay.wholeOf(entries);
        var day = CatalogueDay.empty().with(entries);
        var _ = DaySummary.of(DAY, day);
    }

    private static void summaries(byte[] input) throws IOException {
        var path = new SimulatedDisk().path("/summary");
        Files.write(path, input);
        var file = new SummaryFile(new Disk(), path, TRACK, CAMERA);
        try {
            var _ = file.days();
        } catch (StoreFormatException refused) {
            // As it should be.
        }
        if (input.length >= DaySummary.SIZE) {
            try {
                var _ = DaySummary.parse(input, 0);
            } catch (StoreFormatException refused) {
                // As it should be.
            }
        }
    }
}
