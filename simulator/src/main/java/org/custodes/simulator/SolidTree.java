package org.custodes.simulator;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The solids of a room in a tree of boxes within boxes, so that a ray meets few of them. Three times
/// ten to the seven rays are cast for a scene.
final class SolidTree {
    private static final int LEAF = 3;

    private final Solid bounds;
    private final List<Solid> solids; // of a leaf
    private final List<SolidTree> halves; // of the others

    SolidTree(List<Solid> all) {
        this.bounds = around(all);
        if (all.size() <= LEAF) {
            this.solids = List.copyOf(all);
            this.halves = List.of();
            return;
        }
        var size = bounds.high().minus(bounds.low());
        Comparator<Solid> along =
                size.x() >= size.y() && size.x() >= size.z()
                        ? Comparator.comparingDouble(s -> s.low().x() + s.high().x())
                        : size.z() >= size.y()
                                ? Comparator.comparingDouble(s -> s.low().z() + s.high().z())
                                : Comparator.comparingDouble(s -> s.low().y() + s.high().y());
        var sorted = new ArrayList<>(all);
        sorted.sort(along);
        int half = sorted.size() / 2;
        this.solids = List.of();
        this.halves =
                List.of(
                        new SolidTree(sorted.subList(0, half)),
                        new SolidTree(sorted.subList(half, sorted.size())));
    }

    private static Solid around(List<Solid> all) {
        var low = all.getFirst().low();
        var high = all.getFirst().high();
        for (var solid : all) {
            low =
                    new Point(
                            Math.min(low.x(), solid.low().x()),
                            Math.min(low.y(), solid.low().y()),
                            Math.min(low.z(), solid.low().z()));
            high =
                    new Point(
                            Math.max(high.x(), solid.high().x()),
                            Math.max(high.y(), solid.high().y()),
                            Math.max(high.z(), solid.high().z()));
        }
        return new Solid(low, high, all.getFirst().surface());
    }

    /// The nearest solid along the ray that is nearer than `best`, or `best`.
    Room.Hit first(Ray ray, Room.Hit best) {
        if (bounds.enters(ray) >= best.distance()) {
            return best;
        }
        var nearest = best;
        for (int i = 0; i < solids.size(); i++) {
            double here = solids.get(i).hit(ray);
            if (here < nearest.distance()) {
                nearest = new Room.Hit(solids.get(i), here);
            }
        }
        for (int i = 0; i < halves.size(); i++) {
            nearest = halves.get(i).first(ray, nearest);
        }
        return nearest;
    }

    /// Whether any solid is met before this distance.
    boolean blocks(Ray ray, double before) {
        if (bounds.enters(ray) >= before) {
            return false;
        }
        for (int i = 0; i < solids.size(); i++) {
            if (solids.get(i).hit(ray) < before) {
                return true;
            }
        }
        for (int i = 0; i < halves.size(); i++) {
            if (halves.get(i).blocks(ray, before)) {
                return true;
            }
        }
        return false;
    }
}
