package org.custodes.mishap;

import java.util.random.RandomGenerator;
import org.custodes.mishap.FolderNode.Change;

/// Draws one of the legal states in which a power cut may leave the disk.
///
/// Four ways, for real disks lean to the first three and the last has all others: nothing that was not
/// synced is there; all of it; all up to some step and nothing after it; each page, each length and
/// each name for itself, with pages torn between sectors.
final class Draw {
    private static final int SECTOR = 512;

    private final RandomGenerator chance;
    private final Way way;
    private final long cut;
    private final int newest;

    private enum Way {
        NOTHING,
        EVERYTHING,
        UP_TO_A_STEP,
        ANYTHING
    }

    /// @param steps how many the disk has taken so far
    Draw(RandomGenerator chance, long steps) {
        this.chance = chance;
        var way = chance.nextInt(16);
        this.way =
                switch (way) {
                    case 0 -> Way.NOTHING;
                    case 1 -> Way.EVERYTHING;
                    case 2, 3, 4 -> Way.UP_TO_A_STEP;
                    default -> Way.ANYTHING;
                };
        this.cut = steps - chance.nextInt(64);
        // How many of ten are the newest version: a disk may have been busy or idle.
        this.newest = 1 + chance.nextInt(9);
    }

    <T> T of(Cached<T> cached) {
        if (cached.isSure()) {
            return cached.now();
        }
        var versions = cached.versions();
        return versions.get(index(cached, versions.size())).value();
    }

    byte[] page(Cached<byte[]> page) {
        if (page.isSure()) {
            return page.now();
        }
        var versions = page.versions();
        var index = index(page, versions.size());
        var torn = way == Way.ANYTHING && index > 0 && chance.nextInt(4) == 0;
        return torn
                ? torn(versions.get(index - 1).value(), versions.get(index).value())
                : versions.get(index).value();
    }

    private int index(Cached<?> cached, int count) {
        return switch (way) {
            case NOTHING -> 0;
            case EVERYTHING -> count - 1;
            case UP_TO_A_STEP -> cached.isDirty() ? upToCut(cached) : chance.nextInt(count);
            case ANYTHING -> chance.nextInt(10) < newest ? count - 1 : chance.nextInt(count);
        };
    }

    private int upToCut(Cached<?> cached) {
        var versions = cached.versions();
        var index = versions.size() - 1;
        while (index > 0 && versions.get(index).step() > cut) {
            index--;
        }
        return index;
    }

    private byte[] torn(byte[] before, byte[] after) {
        var page = before.clone();
        for (var at = 0; at < page.length; at += SECTOR) {
            if (chance.nextBoolean()) {
                System.arraycopy(after, at, page, at, SECTOR);
            }
        }
        return page;
    }

    boolean applies(Change change) {
        return switch (way) {
            case NOTHING -> false;
            case EVERYTHING -> true;
            case UP_TO_A_STEP -> change.step() <= cut;
            case ANYTHING -> chance.nextInt(10) < newest;
        };
    }
}
