package org.custodes.store;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What has to be done on a volume's disk, in order, each tried again until it is done. Of the writer's
/// one thread.
final class Chores {
    private static final int MOST = 10_000;

    @FunctionalInterface
    interface Work {
        void run() throws IOException;
    }

    /// @param note the name in `open/` under which it is done if it only tells of a gap or a step, and
    ///     none of a pack of that day stands there
    private record Chore(Layout.@Nullable OpenName note, Work work) {}

    private final Deque<Chore> waiting = new ArrayDeque<>();

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    void add(Work work) {
        waiting.add(new Chore(null, work));
    }

    /// Before all others.
    void addFirst(Work work) {
        waiting.addFirst(new Chore(null, work));
    }

    /// A note under this name. After hours without a disk the oldest one is let go for it: what packs have
    /// to say is in their files.
    void addNote(Layout.OpenName name, Work work) {
        if (waiting.size() > MOST) {
            waiting.stream()
                    .filter(chore -> chore.note() != null)
                    .findFirst()
                    .ifPresent(waiting::remove);
        }
        waiting.add(new Chore(name, work));
    }

    /// The names of the notes that wait, each once.
    List<Layout.OpenName> notes() {
        return waiting.stream().map(Chore::note).filter(Objects::nonNull).distinct().toList();
    }

    /// Does the first one. It stays the first if the disk fails.
    ///
    /// @throws java.util.NoSuchElementException if there is none
    void doFirst() throws IOException {
        var chore = waiting.removeFirst();
        try {
            chore.work().run();
        } catch (IOException e) {
            waiting.addFirst(chore);
            throw e;
        }
    }
}
