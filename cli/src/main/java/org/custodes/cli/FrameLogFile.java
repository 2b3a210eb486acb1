package org.custodes.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.custodes.simulator.Clip;

/// When a simulated camera sent which frame of its clip, so that a frame that arrives somewhere can
/// be asked how old it is. Frames are known by their last bytes, which no container changes.
final class FrameLogFile {
    private static final int MARK = 48;

    private final int loop;
    private final Map<ByteBuffer, Integer> placeInClip;
    private final List<Long> sentMicros = new ArrayList<>();

    /// @param file what the camera wrote: a line `frame number,microseconds since 1970,check sum` each
    FrameLogFile(Path file, Clip clip) {
        this.placeInClip = places(clip);
        this.loop = clip.accessUnits().size();
        try {
            for (var line : Files.readAllLines(file)) {
                var words = line.split(",", -1);
                // The last line may be half written.
                if (words.length == 3) {
                    sentMicros.add(Long.parseLong(words[1]));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The last bytes of an access unit, by which it is known again.
    static ByteBuffer markOf(ByteBuffer unit) {
        var mark = new byte[Math.min(MARK, unit.limit())];
        unit.get(unit.limit() - mark.length, mark);
        return ByteBuffer.wrap(mark);
    }

    /// How long before `arrivalMicros` the frame with that mark was sent; empty for a frame that is not
    /// the clip's.
    OptionalLong age(ByteBuffer mark, long arrivalMicros) {
        var place = placeInClip.get(mark);
        if (place == null) {
            return OptionalLong.empty();
        }
        var round = (sentMicros.size() - 1 - place) / loop;
        for (var number = place + round * loop; number >= 0; number -= loop) {
            if (number < sentMicros.size() && sentMicros.get(number) <= arrivalMicros) {
                return OptionalLong.of(arrivalMicros - sentMicros.get(number));
            }
        }
        return OptionalLong.empty();
    }

    /// How many frames were sent after one instant and up to another, in microseconds since 1970.
    long sentWithin(long afterMicros, long upToMicros) {
        return sentMicros.stream().filter(sent -> sent > afterMicros && sent <= upToMicros).count();
    }

    private static Map<ByteBuffer, Integer> places(Clip clip) {
        var places = new HashMap<ByteBuffer, Integer>();
        var units = clip.accessUnits();
        for (var place = 0; place < units.size(); place++) {
            places.put(markOf(ByteBuffer.wrap(units.get(place).data().array())), place);
        }
        return places;
    }
}
