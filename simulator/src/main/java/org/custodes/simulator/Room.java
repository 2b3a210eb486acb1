package org.custodes.simulator;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What does not move in a scene: solids, lamps, and the light that comes from everywhere.
final class Room {
    private final List<Solid> solids = new ArrayList<>();
    private final List<Lamp> lamps = new ArrayList<>();
    private @Nullable SolidTree tree; // made by the first ray
    private final int ambientColour;
    private final double ambient;
    private final double exposure;

    /// @param ambient light from all sides, as a part of a lamp of power 1
    /// @param exposure how much the camera makes of the light
    Room(int ambientColour, double ambient, double exposure) {
        this.ambientColour = ambientColour;
        this.ambient = ambient;
        this.exposure = exposure;
    }

    Room box(double x0, double x1, double y0, double y1, double z0, double z1, Surface surface) {
        solids.add(new Solid(new Point(x0, y0, z0), new Point(x1, y1, z1), surface));
        return this;
    }

    Room box(double x0, double x1, double y0, double y1, double z0, double z1, int colour) {
        return box(x0, x1, y0, y1, z0, z1, Surface.plain(colour));
    }

    /// A thin sheet that faces the camera.
    Room pane(double z, double x0, double x1, double y0, double y1, Surface surface) {
        return box(x0, x1, y0, y1, z, z + 0.01, surface);
    }

    /// A thin sheet on a wall to the left or right.
    Room side(double x, double y0, double y1, double z0, double z1, Surface surface) {
        return box(x - 0.005, x + 0.005, y0, y1, z0, z1, surface);
    }

    /// Paint on the floor.
    Room mark(double x0, double x1, double z0, double z1, Surface surface) {
        return box(x0, x1, 0, 0.004, z0, z1, surface);
    }

    Room lamp(double x, double y, double z, double width, double depth, double power, int colour) {
        lamps.add(new Lamp(new Point(x, y, z), width, depth, power, colour));
        return this;
    }

    List<Lamp> lamps() {
        return lamps;
    }

    int ambientColour() {
        return ambientColour;
    }

    double ambient() {
        return ambient;
    }

    double exposure() {
        return exposure;
    }

    /// What a ray meets first.
    record Hit(Solid solid, double distance) {}

    /// The first solid along the ray; infinitely far if there is none.
    Hit first(Point from, Point direction) {
        return tree().first(
                        Ray.of(from, direction),
                        new Hit(solids.getFirst(), Double.POSITIVE_INFINITY));
    }

    /// Whether something stands between two places.
    boolean isBlocked(Point from, Point to) {
        return tree().blocks(Ray.of(from, to.minus(from)), 0.999);
    }

    private SolidTree tree() {
        if (tree == null) {
            tree = new SolidTree(solids);
        }
        return tree;
    }
}
