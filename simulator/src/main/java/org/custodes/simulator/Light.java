package org.custodes.simulator;

import java.util.SplittableRandom;

/// How much light falls on a place: from each lamp that it sees, by the cosine law, and from all sides
/// as far as nothing near is in the way. Traced by rays, a few per lamp, so it is slightly grainy; the
/// backdrop smooths that.
final class Light {
    private static final int AMBIENT_RAYS = 6;
    private static final double AMBIENT_REACH = 2.5;
    private static final double TOO_FAINT = 0.004;

    private final Room room;

    Light(Room room) {
        this.room = room;
    }

    /// The light on a surface at `place` that faces along `normal`.
    Illumination on(Point place, Point normal, SplittableRandom random, int raysPerLamp) {
        var from = place.plus(normal.times(0.003));
        var got = fromAllSides(from, normal, random);
        for (var lamp : room.lamps()) {
            got = got.plus(lamp.colour(), from(lamp, from, normal, random, raysPerLamp));
        }
        return got;
    }

    private double from(Lamp lamp, Point place, Point normal, SplittableRandom random, int rays) {
        var middle = lamp.centre().minus(place);
        if (lamp.power() / middle.dot(middle) < TOO_FAINT || middle.y() <= 0) {
            return 0;
        }
        double light = 0;
        for (int i = 0; i < rays; i++) {
            var target = lamp.at((i + random.nextDouble()) / rays, random.nextDouble());
            var way = target.minus(place);
            double distance = way.length();
            double facing = normal.dot(way) / distance;
            double shining = way.y() / distance;
            if (facing > 0 && shining > 0 && !room.isBlocked(place, target)) {
                light += facing * shining / (distance * distance);
            }
        }
        return lamp.power() * light / rays;
    }

    private Illumination fromAllSides(Point from, Point normal, SplittableRandom random) {
        int free = 0;
        for (int i = 0; i < AMBIENT_RAYS; i++) {
            var direction = hemisphere(normal, random);
            if (!room.isBlocked(from, from.plus(direction.times(AMBIENT_REACH)))) {
                free++;
            }
        }
        double open = 0.35 + 0.65 * free / AMBIENT_RAYS;
        return Illumination.NONE.plus(room.ambientColour(), room.ambient() * open);
    }

    private static Point hemisphere(Point normal, SplittableRandom random) {
        double u = random.nextDouble() * 2 * Math.PI;
        double v = random.nextDouble() * 2 - 1;
        double r = Math.sqrt(1 - v * v);
        var sphere = new Point(r * Math.cos(u), r * Math.sin(u), v).plus(normal);
        double length = sphere.length();
        return length < 1e-6 ? normal : sphere.times(1 / length);
    }

    static double linear(int level) {
        return Math.pow(level / 255.0, 2.2);
    }

    /// The picture's level for an amount of light: bright places roll off instead of clipping.
    static int level(double light, double exposure) {
        double film = 1 - Math.exp(-light * exposure);
        return (int) Math.round(255 * Math.pow(film, 1 / 2.2));
    }
}
