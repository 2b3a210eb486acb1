package org.custodes.simulator;

import java.util.ArrayList;
import java.util.List;

/// Where a drawn person is at each moment: from place to place at a walking pace, with stops. Corners and
/// starts are rounded, for nobody turns on the spot.
final class Walk {
    private static final double SMOOTHING = 0.45; // seconds each way
    private static final int SAMPLES = 9;

    private final List<Stop> stops = new ArrayList<>();

    private record Stop(double time, double x, double z, double heading) {}

    /// How a person stands or walks at one moment.
    ///
    /// @param heading degrees: 0 away from the camera, 90 to the right
    /// @param speed metres a second
    /// @param walked metres since the walk began
    record Pose(double x, double z, double heading, double speed, double walked) {}

    private Walk() {}

    /// Appears at this second of the loop.
    static Walk from(double second, double x, double z) {
        var walk = new Walk();
        walk.stops.add(new Stop(second, x, z, Double.NaN));
        return walk;
    }

    /// Goes there at an easy 1.25 metres a second.
    Walk to(double x, double z) {
        return to(x, z, 1.25);
    }

    Walk to(double x, double z, double speed) {
        var last = stops.getLast();
        double time = last.time() + Math.hypot(x - last.x(), z - last.z()) / speed;
        stops.add(new Stop(time, x, z, Double.NaN));
        return this;
    }

    /// Stays for so many seconds, turned to `heading`.
    Walk stand(double seconds, double heading) {
        var last = stops.getLast();
        stops.add(new Stop(last.time() + seconds, last.x(), last.z(), heading));
        return this;
    }

    boolean isThere(double second) {
        return second >= stops.getFirst().time() && second < stops.getLast().time();
    }

    Pose at(double second) {
        var here = smooth(second);
        var before = smooth(second - 0.06);
        var after = smooth(second + 0.06);
        double speed = Math.hypot(after[0] - before[0], after[1] - before[1]) / 0.12;
        double heading = Math.toDegrees(Math.atan2(here[2], here[3]));
        return new Pose(here[0], here[1], heading, speed, walkedAt(second));
    }

    /// x, z and the direction as sine and cosine, averaged over a moment.
    private double[] smooth(double second) {
        var sum = new double[4];
        for (int i = 0; i < SAMPLES; i++) {
            double t = second + (2.0 * i / (SAMPLES - 1) - 1) * SMOOTHING;
            int leg = legAt(t);
            var a = stops.get(leg);
            var b = stops.get(leg + 1);
            double part = Math.clamp((t - a.time()) / Math.max(1e-9, b.time() - a.time()), 0, 1);
            double heading = headingOf(leg);
            sum[0] += (a.x() + (b.x() - a.x()) * part) / SAMPLES;
            sum[1] += (a.z() + (b.z() - a.z()) * part) / SAMPLES;
            sum[2] += Math.sin(heading);
            sum[3] += Math.cos(heading);
        }
        return sum;
    }

    private double headingOf(int leg) {
        var a = stops.get(leg);
        var b = stops.get(leg + 1);
        return Double.isNaN(b.heading())
                ? Math.atan2(b.x() - a.x(), b.z() - a.z())
                : Math.toRadians(b.heading());
    }

    private int legAt(double second) {
        int leg = 0;
        while (leg + 2 < stops.size() && stops.get(leg + 1).time() <= second) {
            leg++;
        }
        return leg;
    }

    private double walkedAt(double second) {
        double walked = 0;
        for (int leg = 0; leg + 1 < stops.size(); leg++) {
            var a = stops.get(leg);
            var b = stops.get(leg + 1);
            double part =
                    Math.clamp((second - a.time()) / Math.max(1e-9, b.time() - a.time()), 0, 1);
            walked += part * Math.hypot(b.x() - a.x(), b.z() - a.z());
        }
        return walked;
    }
}
