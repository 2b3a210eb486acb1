package org.custodes.simulator;

/// A place or direction in a scene, in metres: x to the right, y up from the floor, z away from the
/// camera, which stands above the line z = 0.
record Point(double x, double y, double z) {

    Point plus(Point other) {
        return new Point(x + other.x, y + other.y, z + other.z);
    }

    Point minus(Point other) {
        return new Point(x - other.x, y - other.y, z - other.z);
    }

    Point times(double factor) {
        return new Point(x * factor, y * factor, z * factor);
    }

    double dot(Point other) {
        return x * other.x + y * other.y + z * other.z;
    }

    double length() {
        return Math.sqrt(dot(this));
    }
}
