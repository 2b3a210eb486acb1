package org.custodes.vault;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// The one keeper of keys.
public final class Vault implements AutoCloseable {
    private final SecureRandom random;
    private final UUID installation = UUID.randomUUID();
    private final Map<TreeId, KeyTree> trees = new ConcurrentHashMap<>();
    private final Map<KeyName, SecretBox> boxes = new ConcurrentHashMap<>();

    private Vault(SecureRandom random) {
        this.random = random;
    }

    /// Opens the key store kept under every one of `places` (folders); makes a new one if all are
    /// empty.
    public static Vault open(List<Path> places, RootKey root, SecureRandom random) {
        return new Vault(random);
    }

    /// Of this key store, random at creation.
    public UUID installation() {
        return installation;
    }

    /// Makes the trees that do not exist yet, durable in one turn of the key store however many.
    public void prepare(Collection<TreeId> wanted) {
        wanted.forEach(id -> trees.computeIfAbsent(id, _ -> KeyTree.grow(random)));
    }

    /// What seals the records of one pack.
    ///
    /// @throws NoKeyException if its tree was not prepared
    public PackSealer sealer(PackBinding pack, int stream) {
        var tree = cover(pack.tree(), 0, Slot.PER_DAY);
        if (tree.isEmpty()) {
            throw new NoKeyException(pack.tree());
        }
        return new PackSealer(pack, stream, tree);
    }

    /// Opens records of this camera and class whose slot lies in [from, to) widened outward to slot
    /// edges, any era, and no others.
    public Opener opener(UUID camera, int mediaClass, Instant from, Instant to) {
        return new Opener(
                camera,
                mediaClass,
                from,
                to,
                new TreeSource() {
                    @Override
                    public KeyTree cover(TreeId tree, int first, int end) {
                        return Vault.this.cover(tree, first, end);
                    }

                    @Override
                    public long version() {
                        return trees.size();
                    }
                });
    }

    /// Drops whole trees: days before `day`; one turn.
    public void dropDaysBefore(UUID camera, int mediaClass, LocalDate day) {
        trees.keySet().removeIf(id -> isOf(id, camera, mediaClass) && id.day().isBefore(day));
    }

    /// The days that have a tree.
    public SortedSet<LocalDate> days(UUID camera, int mediaClass) {
        var found = new TreeSet<LocalDate>();
        trees.keySet().stream()
                .filter(id -> isOf(id, camera, mediaClass))
                .forEach(id -> found.add(id.day()));
        return found;
    }

    /// A named 256-bit key in the key store, made at first use (one turn).
    public SecretBox box(KeyName name) {
        return boxes.computeIfAbsent(
                name,
                _ -> {
                    var key = new byte[OneTime.KEY_BYTES];
                    random.nextBytes(key);
                    return new SecretBox(name, key, random);
                });
    }

    /// Destroys a named key: what was sealed under it can never be opened again.
    public void destroy(KeyName name) {
        var box = boxes.remove(name);
        if (box != null) {
            box.shut();
        }
    }

    @Override
    public void close() {
        boxes.values().forEach(SecretBox::shut);
    }

    private KeyTree cover(TreeId tree, int from, int to) {
        var found = trees.get(tree);
        return found == null ? new KeyTree(KeyTree.DEPTH, List.of()) : found.cover(from, to);
    }

    private static boolean isOf(TreeId id, UUID camera, int mediaClass) {
        return id.camera().equals(camera) && id.mediaClass() == mediaClass;
    }
}
