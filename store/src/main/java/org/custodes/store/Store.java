package org.custodes.store;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.custodes.media.GapCause;
import org.custodes.media.TimeRange;
import org.custodes.media.TrackId;
import org.custodes.signals.Signals;

/// Sealed records on disks and in the live tail. Any thread may call it.
@SuppressWarnings("DoNotCallSuggester") // the face comes before what stands behind it
public final class Store implements AutoCloseable {

    private Store() {}

    /// Opens the store over its volumes. Takes the same short time however much is stored. A volume
    /// that cannot be reached raises an alarm and is taken in when it can.
    ///
    /// @throws StoreFormatException if a newer version wrote one of the volumes
    public static Store open(StoreSettings settings, Signals signals, InstantSource clock) {
        throw unbuilt(settings, signals, clock);
    }

    /// Begins a pack. Never waits for a disk: its file is made by the volume's writer, and where no
    /// volume takes records the pack lives in the tail only and is [PackWriter#failed()] at once.
    public PackWriter begin(PackStart start) {
        throw unbuilt(start);
    }

    /// Says that nothing is recorded from `since` on, and why. The gap ends with the track's next
    /// record. A second cause ends the first one's stretch and begins its own.
    public void beginGap(TrackId track, Instant since, GapCause cause) {
        throw unbuilt(track, since, cause);
    }

    /// Says that the recorder's clock jumped; noted in every open track's pack and catalogue.
    public void clockStepped(Instant from, Instant to) {
        throw unbuilt(from, to);
    }

    /// The live tail of a track, whether or not it has records yet.
    public Tail tail(TrackId track) {
        throw unbuilt(track);
    }

    /// A new cursor at the track's first record.
    public Cursor cursor(TrackId track) {
        throw unbuilt(track);
    }

    /// Where the track has records within `range`: exact for a range of a day or less, by whole
    /// minutes for a wider one.
    ///
    /// @param atMostSpans how many spans to answer at most; the smallest gaps are closed first
    public Coverage coverage(TrackId track, TimeRange range, int atMostSpans) {
        throw unbuilt(track, range, atMostSpans);
    }

    /// What the track takes on all volumes.
    public StorageUse use(TrackId track) {
        throw unbuilt(track);
    }

    /// The wallTime up to which the track's records survive a power cut; empty before the first sync
    /// since the store was opened.
    public Optional<Instant> syncedThrough(TrackId track) {
        throw unbuilt(track);
    }

    /// The track's last record: with it the recorder finds its era again after a start. Reads at most
    /// the end of one catalogue file.
    public Optional<Latest> latest(TrackId track) {
        throw unbuilt(track);
    }

    /// Every track that has packs or a tail.
    public List<TrackId> tracks() {
        throw unbuilt();
    }

    /// Removes the track's packs of whole UTC days before `day`, catalogue and all.
    ///
    /// @return how many packs were removed
    public int dropDaysBefore(TrackId track, LocalDate day) {
        throw unbuilt(track, day);
    }

    /// How each volume is doing, in the order of the settings.
    public List<VolumeState> volumes() {
        throw unbuilt();
    }

    /// Writes what waits, ends the packs that are open, syncs and stops.
    @Override
    public void close() {
        throw unbuilt();
    }

    private static UnsupportedOperationException unbuilt(Object... asked) {
        return new UnsupportedOperationException("%d".formatted(asked.length));
    }
}
