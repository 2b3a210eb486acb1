package org.custodes.simulator;

/// A box of a scene, its edges along the axes.
///
/// @param low the corner with the least coordinates
/// @param high the corner with the greatest
/// @param surface what it looks like
record Solid(Point low, Point high, Surface surface) {
    private static final double NEAR = 1e-4;

    /// How far along the ray the box is entered, or, from inside, left; infinite if it is missed.
    double hit(Ray ray) {
        double enters = enters(ray);
        return enters > NEAR ? enters : enters == Double.POSITIVE_INFINITY ? enters : leaves(ray);
    }

    /// As above, but not positive from inside.
    double enters(Ray ray) {
        double near = near(low.x(), high.x(), ray.from().x(), ray.inverse().x());
        near = Math.max(near, near(low.y(), high.y(), ray.from().y(), ray.inverse().y()));
        near = Math.max(near, near(low.z(), high.z(), ray.from().z(), ray.inverse().z()));
        double far = leaves(ray);
        return near > far || far < NEAR ? Double.POSITIVE_INFINITY : near;
    }

    private double leaves(Ray ray) {
        return Math.min(
                far(low.x(), high.x(), ray.from().x(), ray.inverse().x()),
                Math.min(
                        far(low.y(), high.y(), ray.from().y(), ray.inverse().y()),
                        far(low.z(), high.z(), ray.from().z(), ray.inverse().z())));
    }

    private static double near(double low, double high, double from, double inverse) {
        return Math.min((low - from) * inverse, (high - from) * inverse);
    }

    private static double far(double low, double high, double from, double inverse) {
        return Math.max((low - from) * inverse, (high - from) * inverse);
    }

    /// The direction that the face looks at which this point lies on.
    Point normal(Point on, Point direction) {
        double x = Math.min(Math.abs(on.x() - low.x()), Math.abs(on.x() - high.x()));
        double y = Math.min(Math.abs(on.y() - low.y()), Math.abs(on.y() - high.y()));
        double z = Math.min(Math.abs(on.z() - low.z()), Math.abs(on.z() - high.z()));
        if (y <= x && y <= z) {
            return new Point(0, -Math.signum(direction.y()), 0);
        }
        return x <= z
                ? new Point(-Math.signum(direction.x()), 0, 0)
                : new Point(0, 0, -Math.signum(direction.z()));
    }
}
