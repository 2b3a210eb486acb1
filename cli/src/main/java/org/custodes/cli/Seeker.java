package org.custodes.cli;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.custodes.simulator.AccessUnit;
import org.jspecify.annotations.Nullable;

/// Somebody at a console who jumps to and fro in an archive: one request at a time over the media
/// WebSocket, timed from the request to the last byte of its first GOP.
final class Seeker implements AutoCloseable {
    /// The most looks on one connection (`docs/api.md`).
    private static final int LOOKS = 64;

    private static final int SEQS = 1 << 16;
    private static final int PATIENCE_SECONDS = 15;

    private final List<UUID> cameras;
    private final List<List<AccessUnit>> gops;
    private final List<MediaClient> clients = new ArrayList<>();

    /// Looks that are opened for one request go over a connection of their own.
    private final MediaClient opening;

    private volatile @Nullable Wanted wanted;
    private int seq;

    /// Connects, and opens a look back at every camera.
    Seeker(BenchRecorder recorder, Archive archive, List<List<AccessUnit>> gops) {
        this.cameras = archive.cameras();
        this.gops = gops;
        for (var first = 0; first < cameras.size(); first += LOOKS) {
            var client = connect(recorder);
            clients.add(client);
            for (var camera = first; camera < Math.min(first + LOOKS, cameras.size()); camera++) {
                client.playback(channel(camera), cameras.get(camera).toString());
            }
        }
        this.opening = connect(recorder);
    }

    private MediaClient connect(BenchRecorder recorder) {
        return MediaClient.connect(
                recorder.address(), recorder.authority(), recorder.operator(), this::arrived);
    }

    private static long channel(int camera) {
        return camera + 1L;
    }

    /// A GOP that was asked for.
    private static final class Wanted {
        private final int seq;
        private final List<AccessUnit> gop;
        private final CompletableFuture<Long> whole = new CompletableFuture<>();
        private int arrived;

        Wanted(int seq, List<AccessUnit> gop) {
            this.seq = seq;
            this.gop = gop;
        }

        /// Headers included; the server stops at the last byte of the GOP.
        long credit() {
            return gop.stream().mapToLong(unit -> unit.data().length() + MediaClient.HEADER).sum();
        }

        void take(MediaClient.Arrived frame) {
            if (frame.seq() != seq || arrived >= gop.size()) {
                return;
            }
            if (!isThat(gop.get(arrived), frame)) {
                whole.completeExceptionally(
                        new CannotStartException(
                                "Frame %d of a GOP is not what was recorded.".formatted(arrived)));
            }
            arrived++;
            if (arrived == gop.size()) {
                whole.complete(frame.arrivalMicros());
            }
        }

        private boolean isThat(AccessUnit unit, MediaClient.Arrived frame) {
            return frame.key() == unit.key()
                    && frame.unit().equals(ByteBuffer.wrap(unit.data().array()));
        }

        long await() {
            try {
                return whole.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
            } catch (CompletionException e) {
                throw new CannotStartException(
                        "A GOP of %d frames was asked for, and %d of them came within %d s."
                                .formatted(gop.size(), arrived, PATIENCE_SECONDS),
                        e);
            }
        }
    }

    private void arrived(MediaClient.Arrived frame) {
        var asked = wanted;
        if (asked != null) {
            asked.take(frame);
        }
    }

    /// Asks a look that stands.
    ///
    /// @param afterMicros how long after the GOP's key frame the wanted moment is, less than its length
    /// @return milliseconds until the whole GOP was here
    double seek(Archive.Place place, long afterMicros) {
        var asked = want(place);
        var begun = now();
        clients.get(place.camera() / LOOKS)
                .play(
                        channel(place.camera()),
                        asked.seq,
                        place.key().plus(afterMicros, ChronoUnit.MICROS),
                        asked.credit());
        return (asked.await() - begun) / 1000.0;
    }

    /// Opens a look for one request: the decision is on record before the first byte flows.
    double open(Archive.Place place, long afterMicros) {
        var asked = want(place);
        var channel = asked.seq + 1L;
        var begun = now();
        opening.playback(channel, cameras.get(place.camera()).toString());
        opening.play(
                channel,
                asked.seq,
                place.key().plus(afterMicros, ChronoUnit.MICROS),
                asked.credit());
        var ended = asked.await();
        opening.stop(channel);
        return (ended - begun) / 1000.0;
    }

    private Wanted want(Archive.Place place) {
        seq = (seq + 1) % SEQS;
        var asked = new Wanted(seq, gops.get(place.gop()));
        wanted = asked;
        return asked;
    }

    private static long now() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    @Override
    public void close() {
        clients.forEach(MediaClient::close);
        opening.close();
    }
}
