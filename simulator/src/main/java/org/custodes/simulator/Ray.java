package org.custodes.simulator;

/// A half line, with the reciprocals that box tests need.
record Ray(Point from, Point inverse) {

    static Ray of(Point from, Point direction) {
        return new Ray(from, new Point(1 / direction.x(), 1 / direction.y(), 1 / direction.z()));
    }
}
