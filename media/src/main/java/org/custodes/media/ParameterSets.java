package org.custodes.media;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The parameter sets of one stream that are in force: the last of each kind and number.
///
/// Sets are put in as they come, from an SDP or in band, and a set replaces the one of its kind and
/// number. What cannot be read is not kept. Owned by one thread at a time.
public final class ParameterSets {
    /// Ten times the longest set that an encoder with scaling lists and full VUI writes.
    private static final int LONGEST_SET = 16 * 1024;

    /// What a hostile stream can make us keep, and put in front of each key frame.
    private static final int MOST_BYTES = 256 * 1024;

    private final Codec codec;
    private final Map<Key, Bytes> sets = new TreeMap<>();
    private int bytesKept;

    /// None yet; of a codec without parameter sets there will never be any.
    public ParameterSets(Codec codec) {
        this.codec = codec;
    }

    /// Keeps the NAL unit (with header, without start code) between `start` and `end`, if it is a
    /// parameter set that can be read.
    ///
    /// @return whether it was kept or is already in force
    public boolean offer(byte[] bytes, int start, int end) {
        if (!codec.hasNalUnits() || start >= end || end - start > LONGEST_SET) {
            return false;
        }
        var kind = NalKind.of(codec, bytes[start]);
        if (!kind.isParameterSet()) {
            return false;
        }
        try {
            return keep(new Key(kind, idOf(kind, bytes, start, end)), bytes, start, end);
        } catch (MalformedNalException unreadable) {
            return false;
        }
    }

    private boolean keep(Key key, byte[] bytes, int start, int end) {
        var known = sets.get(key);
        // The usual case is a repetition, once per GOP: it costs a comparison, no allocation.
        if (known != null && Arrays.equals(known.array(), 0, known.length(), bytes, start, end)) {
            return true;
        }
        var growth = end - start - (known == null ? 0 : known.length());
        if (bytesKept + growth > MOST_BYTES) {
            return false;
        }
        sets.put(key, Bytes.of(Arrays.copyOfRange(bytes, start, end)));
        bytesKept += growth;
        return true;
    }

    /// The sets in force, in decoding order: VPS, SPS, PPS, each by number.
    public List<Bytes> inForce() {
        return List.copyOf(sets.values());
    }

    /// What has to stand in front of a key frame that carries `sent` so that its GOP can be decoded:
    /// every set in force that `sent` lacks. When a set is lacking and one that it refers to is
    /// among `sent`, that one is repeated, since decoders forget the PPS of an SPS that changes.
    ///
    /// @param sent an access unit in Annex B form whose own sets were already offered
    /// @return NAL units behind 4-byte start codes, often empty
    public Bytes missingFrom(byte[] sent, int from, int to) {
        if (!codec.hasNalUnits()) {
            return Bytes.empty();
        }
        var carried = new ArrayList<Key>();
        var units = NalUnits.split(sent, from, to);
        for (var i = 0; i < units.size(); i++) {
            var kind = units.kind(i, codec);
            if (kind.isPicture()) {
                break;
            }
            if (kind.isParameterSet()) {
                keyOf(kind, sent, units.start(i), units.end(i)).ifPresent(carried::add);
            }
        }
        var lowestMissing =
                sets.keySet().stream().filter(key -> !carried.contains(key)).map(Key::kind);
        return lowestMissing
                .max(NalKind::compareTo)
                .map(lowest -> annexB(carried, lowest))
                .orElse(Bytes.empty());
    }

    private Bytes annexB(List<Key> carried, NalKind lowestMissing) {
        var out = new ByteArrayOutputStream();
        sets.forEach((key, set) -> {
            if (!carried.contains(key) || key.kind.compareTo(lowestMissing) < 0) {
                out.writeBytes(new byte[] {0, 0, 0, 1});
                out.writeBytes(set.array());
            }
        });
        return Bytes.of(out.toByteArray());
    }

    /// What a decoder must know, by the SPS of lowest number that has a PPS, or of lowest number.
    public Optional<CodecConfig> config() {
        var picture = sets.keySet().stream().filter(k -> k.kind == NalKind.PICTURE_PARAMETERS);
        return picture.findFirst()
                .flatMap(key -> configForPictureSet(key.id))
                .or(() -> anySequenceSet().flatMap(this::configBy));
    }

    /// What a decoder must know for the picture whose slice (with header) lies between `start` and
    /// `end`: by the SPS that the slice refers to through its PPS.
    Optional<CodecConfig> configForSlice(byte[] bytes, int start, int end) {
        try {
            return configForPictureSet(pictureSetOfSlice(bytes, start, end));
        } catch (MalformedNalException unreadable) {
            return Optional.empty();
        }
    }

    private Optional<CodecConfig> configForPictureSet(int id) {
        return Optional.ofNullable(sets.get(new Key(NalKind.PICTURE_PARAMETERS, id)))
                .map(set -> sequenceSetOfPictureSet(set.array()))
                .flatMap(sps -> Optional.ofNullable(sets.get(sequenceKey(sps))))
                .flatMap(this::configBy);
    }

    private Optional<Bytes> anySequenceSet() {
        return sets.entrySet().stream()
                .filter(entry -> entry.getKey().kind == NalKind.SEQUENCE_PARAMETERS)
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private Optional<CodecConfig> configBy(Bytes sequenceSet) {
        var facts = SequenceParameters.read(codec, sequenceSet.array(), 0, sequenceSet.length());
        return Optional.of(
                new CodecConfig(codec, inForce(), facts.rfc6381(), facts.width(), facts.height()));
    }

    private static Key sequenceKey(int id) {
        return new Key(NalKind.SEQUENCE_PARAMETERS, id);
    }

    private Optional<Key> keyOf(NalKind kind, byte[] bytes, int start, int end) {
        try {
            return Optional.of(new Key(kind, idOf(kind, bytes, start, end)));
        } catch (MalformedNalException unreadable) {
            return Optional.empty();
        }
    }

    private int idOf(NalKind kind, byte[] bytes, int start, int end) {
        var bits = new BitReader(bytes, start + NalKind.headerLength(codec), end);
        return switch (kind) {
            case VIDEO_PARAMETERS -> (int) bits.bits(4);
            case SEQUENCE_PARAMETERS -> SequenceParameters.read(codec, bytes, start, end).id();
            default -> {
                var id = pictureSetId(bits);
                sequenceSetId(bits);
                yield id;
            }
        };
    }

    private int sequenceSetOfPictureSet(byte[] set) {
        var bits = new BitReader(set, NalKind.headerLength(codec), set.length);
        pictureSetId(bits);
        return sequenceSetId(bits);
    }

    private int pictureSetOfSlice(byte[] bytes, int start, int end) {
        var bits = new BitReader(bytes, start + NalKind.headerLength(codec), end);
        switch (codec) {
            case H264 -> {
                bits.skipUnsigned();
                bits.skipUnsigned();
            }
            // first_slice_segment_in_pic_flag, and for IRAP no_output_of_prior_pics_flag
            case H265 -> bits.skip(NalKind.of(codec, bytes[start]) == NalKind.KEY_SLICE ? 2 : 1);
            case MJPEG -> throw new MalformedNalException("MJPEG has no slices");
        }
        return pictureSetId(bits);
    }

    private int pictureSetId(BitReader bits) {
        return bits.unsigned("pic_parameter_set_id", codec == Codec.H264 ? 255 : 63);
    }

    private int sequenceSetId(BitReader bits) {
        return bits.unsigned("seq_parameter_set_id", codec == Codec.H264 ? 31 : 15);
    }

    /// Ordered as decoders want the sets: the kinds stand in that order in [NalKind].
    private record Key(NalKind kind, int id) implements Comparable<Key> {

        @Override
        public int compareTo(Key other) {
            var byKind = kind.compareTo(other.kind);
            return byKind == 0 ? Integer.compare(id, other.id) : byKind;
        }
    }
}
