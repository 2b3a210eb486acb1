package org.custodes.mishap;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A folder: the names as the machine sees them, those that are on the disk for sure, and what was
/// changed in between. Each change is on the disk as a whole or not at all.
///
/// A sync that failed leaves the changes to be written again: names are kept in a journal, which is
/// written on or ends the file system.
final class FolderNode implements Node {
    private final Map<String, Node> now = new TreeMap<>();
    private final Map<String, Node> sure = new TreeMap<>();
    private final List<Change> unsynced = new ArrayList<>();

    /// @param entries what each name leads to from then on; empty for a name that goes
    record Change(long step, Map<String, Optional<Node>> entries) {}

    Map<String, Node> entries() {
        return now;
    }

    void change(Change change) {
        apply(change, now);
        unsynced.add(change);
    }

    private static void apply(Change change, Map<String, Node> names) {
        change.entries()
                .forEach((name, node) -> {
                    if (node.isPresent()) {
                        names.put(name, node.get());
                    } else {
                        names.remove(name);
                    }
                });
    }

    @Override
    public FolderNode image(Draw draw) {
        var names = new TreeMap<>(sure);
        for (var change : unsynced) {
            if (draw.applies(change)) {
                apply(change, names);
            }
        }
        var image = new FolderNode();
        names.forEach((name, node) -> image.put(name, node.image(draw)));
        return image;
    }

    @Override
    public FolderNode copy() {
        var copy = new FolderNode();
        now.forEach((name, node) -> copy.put(name, node.copy()));
        return copy;
    }

    private void put(String name, Node node) {
        now.put(name, node);
        sure.put(name, node);
    }

    /// Holds what another folder held, and nothing else.
    void become(FolderNode other) {
        now.clear();
        sure.clear();
        unsynced.clear();
        other.now.forEach(this::put);
    }

    @Override
    public void synced() {
        unsynced.clear();
        sure.clear();
        sure.putAll(now);
    }

    @Override
    public void lost() {
        // Written again with the next sync.
    }

    @Override
    public int unsure() {
        return unsynced.size() + now.values().stream().mapToInt(Node::unsure).sum();
    }

    @Override
    public long bytes() {
        return now.values().stream().mapToLong(Node::bytes).sum();
    }

    @Override
    public boolean holds(byte[] bytes) {
        return now.values().stream().anyMatch(node -> node.holds(bytes));
    }
}
