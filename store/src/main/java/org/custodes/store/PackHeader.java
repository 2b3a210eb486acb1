package org.custodes.store;

import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.UUID;
import org.custodes.media.CameraId;
import org.custodes.media.Codec;
import org.custodes.media.GapCause;
import org.custodes.media.MediaClass;
import org.custodes.media.TrackId;
import org.custodes.vault.PackBinding;
import org.custodes.vault.TreeId;

/// The first 128 bytes of a pack, in clear (`docs/formats/pack.md`). It has no checksum: every record
/// authenticates it.
///
/// @param packId 16 random bytes, fresh for every pack
/// @param volume the volume that it was written on; packs may be moved later, byte for byte
/// @param sincePrevious why nothing was recorded since the track's record before
/// @param startMicros wallTime of the first record
record PackHeader(
        UUID packId,
        UUID recorder,
        UUID volume,
        TrackId track,
        Codec codec,
        Origin origin,
        ClockState clock,
        GapCause sincePrevious,
        int era,
        LocalDate day,
        long startMicros) {

    static final int SIZE = 128;
    static final int VERSION = 1;

    private static final byte[] MAGIC = {'C', 'U', 'S', 'T', 'P', 'A', 'C', 'K'};
    private static final int USED = 100;

    byte[] encode() {
        var out = ByteBuffer.allocate(SIZE);
        out.put(MAGIC).putShort((short) VERSION).putShort((short) SIZE);
        put(out, packId);
        put(out, recorder);
        put(out, volume);
        put(out, track.camera().value());
        out.put((byte) track.stream()).put((byte) track.mediaClass().number());
        out.put((byte) codec.number()).put((byte) origin.number());
        out.put((byte) clock.number()).put((byte) sincePrevious.number()).putShort((short) 0);
        out.putInt(era).putInt(Math.toIntExact(day.toEpochDay())).putLong(startMicros);
        return out.array();
    }

    /// Reads a header.
    ///
    /// @throws StoreFormatException if it is none, or one of a version not known here
    static PackHeader parse(byte[] bytes) {
        if (bytes.length != SIZE
                || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new StoreFormatException("This is not a pack: it does not begin with CUSTPACK");
        }
        var in = ByteBuffer.wrap(bytes).position(MAGIC.length);
        var version = in.getShort();
        if (version != VERSION) {
            throw new StoreFormatException(
                    "The pack has version %d, this program reads version %d: use a newer program"
                            .formatted(version, VERSION));
        }
        if (in.getShort() != SIZE) {
            throw new StoreFormatException(
                    "The pack's header says a length other than %d".formatted(SIZE));
        }
        try {
            return parseFields(in);
        } catch (IllegalArgumentException e) {
            throw new StoreFormatException("The pack's header is damaged: " + e.getMessage());
        }
    }

    private static PackHeader parseFields(ByteBuffer in) {
        var packId = uuid(in);
        var recorder = uuid(in);
        var volume = uuid(in);
        var camera = new CameraId(uuid(in));
        var track = new TrackId(camera, in.get() & 0xff, mediaClass(in.get() & 0xff));
        var codec = Codec.ofNumber(in.get() & 0xff);
        var origin = Origin.ofNumber(in.get() & 0xff);
        var clock = ClockState.ofNumber(in.get() & 0xff);
        var cause = GapCause.ofNumber(in.get() & 0xff);
        var zero = in.getShort();
        var era = in.getInt();
        var day = LocalDate.ofEpochDay(in.getInt());
        var start = in.getLong();
        if (zero != 0 || era < 0 || !Wall.day(start).equals(day) || !zeros(in)) {
            throw new IllegalArgumentException(
                    "era %d, day %s, start %d us, or reserved bytes that are not 0"
                            .formatted(era, day, start));
        }
        return new PackHeader(
                packId, recorder, volume, track, codec, origin, clock, cause, era, day, start);
    }

    private static boolean zeros(ByteBuffer in) {
        for (var at = USED; at < SIZE; at++) {
            if (in.get(at) != 0) {
                return false;
            }
        }
        return true;
    }

    /// What the pack's records are sealed for, for a pack that is begun now.
    PackBinding binding() {
        return binding(encode());
    }

    /// What the pack's records were sealed for.
    ///
    /// @param written the header as it stands in the file: of a later program's words this one may
    ///     not know all
    PackBinding binding(byte[] written) {
        var tree = new TreeId(track.camera().value(), track.mediaClass().number(), day, era);
        return new PackBinding(packId, tree, written);
    }

    Layout.OpenName openName() {
        return new Layout.OpenName(day, track, packId);
    }

    static void put(ByteBuffer out, UUID id) {
        out.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    }

    static UUID uuid(ByteBuffer in) {
        return new UUID(in.getLong(), in.getLong());
    }

    static MediaClass mediaClass(int number) {
        for (var mediaClass : MediaClass.values()) {
            if (mediaClass.number() == number) {
                return mediaClass;
            }
        }
        throw new IllegalArgumentException("No media class has the number %d".formatted(number));
    }
}
