package org.custodes.rtsp;

import java.util.Arrays;
import org.custodes.media.Bytes;
import org.custodes.media.Codec;
import org.custodes.media.NalKind;
import org.custodes.media.NalUnits;
import org.custodes.media.ParameterSets;

/// The access unit that is being put together: NAL units behind 4-byte start codes, in the order in
/// which they came, in one array that serves all frames, or a borrowed one for a picture that is larger than most.
///
/// At its front may stand NAL units that came as an access unit of their own without a picture; they
/// wait for the picture they prepare.
final class AccessUnit {
    private static final int USUAL_SIZE = 32 * 1024;

    /// More than any encoder's slices, parameter sets and SEI in one picture.
    private static final int MOST_UNITS = 4_096;

    /// What may wait for a picture.
    private static final int MOST_WAITING = 64 * 1024;

    private static final int NONE = -1;

    private final Codec codec;
    private final ParameterSets sets;
    private final int most;

    private final byte[] usual = new byte[USUAL_SIZE];

    /// The usual array, or a borrowed one.
    private byte[] bytes = usual;

    private int length;
    private int unitStart = NONE;
    private int units;
    private int waiting;

    private boolean damaged;
    private boolean pictureBegun;
    private boolean picture;
    private boolean key;
    private boolean beginsInMidPicture;

    AccessUnit(Codec codec, ParameterSets sets, int most) {
        this.codec = codec;
        this.sets = sets;
        this.most = most;
    }

    /// A whole NAL unit, header and all.
    void add(byte[] buffer, int start, int end) {
        begin(buffer[start]);
        append(buffer, start, end);
        complete();
    }

    /// Begins a NAL unit that comes in pieces, `header` the first byte of its header.
    void begin(byte header) {
        units++;
        if (units > MOST_UNITS) {
            throw new RtspException(
                    RtspException.Fault.TOO_LARGE,
                    "It sent a picture of more than %d NAL units, which no camera does"
                            .formatted(MOST_UNITS));
        }
        room(4);
        bytes[length] = 0;
        bytes[length + 1] = 0;
        bytes[length + 2] = 0;
        bytes[length + 3] = 1;
        length += 4;
        unitStart = length;
        pictureBegun |= NalKind.of(codec, header).isPicture();
    }

    void append(byte[] buffer, int start, int end) {
        room(end - start);
        System.arraycopy(buffer, start, bytes, length, end - start);
        length += end - start;
    }

    void append(byte value) {
        room(1);
        bytes[length++] = value;
    }

    private void room(int more) {
        if (more > most - length) {
            throw new RtspException(
                    RtspException.Fault.TOO_LARGE,
                    "It sent a picture of more than %d bytes".formatted(most));
        }
        if (length + more > bytes.length) {
            var larger =
                    LargePictures.take(
                            Math.min(most, Math.max(length + more, 4 * Math.max(length, 1))));
            System.arraycopy(bytes, 0, larger, 0, length);
            returnBorrowed();
            bytes = larger;
        }
    }

    private void returnBorrowed() {
        if (bytes.length > USUAL_SIZE) {
            LargePictures.giveBack(bytes);
            bytes = usual;
        }
    }

    boolean hasUnitBegun() {
        return unitStart != NONE;
    }

    /// The NAL unit that was begun is whole.
    void complete() {
        var kind = NalKind.of(codec, bytes[unitStart]);
        if (kind.isPicture() && !startsWithZeros()) {
            take(kind, unitStart);
        } else {
            // Some cameras put several NAL units with start codes between them into one. Only what
            // begins with another kind than a slice is searched, which is little.
            var inside = NalUnits.split(bytes, unitStart - 3, length);
            for (var i = 0; i < inside.size(); i++) {
                take(inside.kind(i, codec), inside.start(i));
                sets.offer(bytes, inside.start(i), inside.end(i));
            }
        }
        unitStart = NONE;
    }

    /// Two zeros are no NAL header in either codec, but the beginning of a start code.
    private boolean startsWithZeros() {
        return length - unitStart >= 2 && bytes[unitStart] == 0 && bytes[unitStart + 1] == 0;
    }

    private void take(NalKind kind, int start) {
        if (!kind.isPicture()) {
            return;
        }
        if (!picture) {
            beginsInMidPicture = !isFirstSlice(start);
        }
        picture = true;
        pictureBegun = true;
        key |= kind == NalKind.KEY_SLICE;
    }

    /// Whether a slice is its picture's first: `first_mb_in_slice` is 0, whose code is the single bit
    /// 1, or `first_slice_segment_in_pic_flag` is set; either is the first bit after the header.
    private boolean isFirstSlice(int start) {
        var header = codec == Codec.H264 ? 1 : 2;
        return start + header >= length || (bytes[start + header] & 0x80) != 0;
    }

    /// The rest of the NAL unit that was begun will not come.
    void abandon() {
        if (unitStart != NONE) {
            length = unitStart - 4;
            unitStart = NONE;
            units--;
            damaged = true;
        }
    }

    void damage() {
        damaged = true;
    }

    boolean isDamaged() {
        return damaged;
    }

    boolean hasPicture() {
        return picture;
    }

    /// Whether a slice began, even if it did not become whole.
    boolean hasPictureBegun() {
        return pictureBegun;
    }

    boolean isKey() {
        return key;
    }

    boolean beginsInMidPicture() {
        return beginsInMidPicture;
    }

    Bytes data() {
        return Bytes.of(Arrays.copyOf(bytes, length));
    }

    /// The parameter sets that the GOP which begins here needs and that did not come with it.
    Bytes missingSets() {
        return sets.missingFrom(bytes, 0, length);
    }

    /// Forgets all: the frame is handed over.
    void clear() {
        returnBorrowed();
        length = 0;
        waiting = 0;
        units = 0;
        forgetState();
    }

    /// Forgets what came since the last picture or the last wait.
    void drop() {
        length = waiting;
        forgetState();
    }

    /// Keeps what came for the next picture.
    ///
    /// @return false if that is too much to keep: then all of it is forgotten
    boolean keepForNext() {
        if (length > MOST_WAITING) {
            clear();
            return false;
        }
        waiting = length;
        forgetState();
        return true;
    }

    private void forgetState() {
        unitStart = NONE;
        damaged = false;
        pictureBegun = false;
        picture = false;
        key = false;
        beginsInMidPicture = false;
    }
}
