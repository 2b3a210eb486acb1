package org.custodes.simulator;

/// A lamp that shines down: a flat rectangle, so that shadows have soft edges.
///
/// @param centre its middle
/// @param width along x, in metres
/// @param depth along z, in metres
/// @param power how bright a white floor one metre below would be
/// @param colour sRGB
record Lamp(Point centre, double width, double depth, double power, int colour) {

    /// A place on it; both parts 0 to 1.
    Point at(double u, double v) {
        return centre.plus(new Point((u - 0.5) * width, 0, (v - 0.5) * depth));
    }
}
