package org.custodes.vault;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What the table shows of one camera on one day and class: all nodes that it has left there, whatever
/// keeps them, or that it has none.
///
/// @param way to the day in the map of days
/// @param within the day; empty if the table has no such day
record Shown(MerklePath way, Optional<Within> within) {

    /// @param way to the camera in the day's map
    /// @param salt that blinds the camera's value; zeros if the day has no such camera
    /// @param labels in order, each once
    record Within(MerklePath way, Hash salt, List<NodeLabel> labels) {}

    static Shown of(
            DayId day, UUID camera, MerkleMap days, Optional<TableDay.Seen> seen, KeyTable table) {
        var way = days.path(table.key(day));
        if (!way.isThere()) {
            return new Shown(way, Optional.empty());
        }
        var here = seen.orElseThrow(() -> new IllegalStateException("A day without a hash"));
        var within = here.cameras().path(table.key(camera));
        var salt = within.isThere() ? table.salt(here.secret(), camera) : Hash.ZEROS;
        return new Shown(way, Optional.of(new Within(within, salt, here.labels(camera))));
    }

    List<NodeLabel> labels() {
        return within.map(Within::labels).orElse(List.of());
    }

    /// The root of the table that shows this.
    ///
    /// @throws BadProofException if it shows something of another day or camera
    Hash root(DayId day, UUID camera, KeyTable table) {
        var ofDay =
                within.map(inDay ->
                                inDay.way()
                                        .root(
                                                table.key(camera),
                                                table.value(inDay.salt(), inDay.labels()),
                                                table.hashes()))
                        .orElse(Hash.ZEROS);
        return way.root(table.key(day), ofDay, table.hashes());
    }

    /// `way to the day | if it is there: way to the camera | if it is there: 32 bytes salt | u16 number
    /// of labels | 7 bytes each`.
    void write(DataOutputStream out) throws IOException {
        way.write(out);
        if (within.isEmpty()) {
            return;
        }
        var inDay = within.get();
        inDay.way().write(out);
        if (inDay.way().isThere()) {
            inDay.salt().write(out);
            var labels = ByteBuffer.allocate(2 + inDay.labels().size() * NodeLabel.BYTES);
            labels.putShort((short) inDay.labels().size());
            inDay.labels().forEach(label -> label.put(labels));
            out.write(labels.array());
        }
    }

    static Shown read(ByteBuffer in) {
        var way = MerklePath.read(in);
        return new Shown(way, way.isThere() ? Optional.of(readWithin(in)) : Optional.empty());
    }

    private static Within readWithin(ByteBuffer in) {
        var way = MerklePath.read(in);
        if (!way.isThere()) {
            return new Within(way, Hash.ZEROS, List.of());
        }
        var salt = Hash.read(in);
        var labels = new ArrayList<NodeLabel>();
        for (var left = in.getShort() & 0xffff; left > 0; left--) {
            var label = NodeLabel.read(in);
            if (!labels.isEmpty() && labels.getLast().compareTo(label) >= 0) {
                throw new BadProofException("nodes are out of order");
            }
            labels.add(label);
        }
        return new Within(way, salt, List.copyOf(labels));
    }
}
