package org.custodes.simulator;

/// What a solid looks like.
///
/// @param paint its colour, by place
/// @param glow how much light of its own it shows, 0 to 1 and above; what glows throws no light in
///     itself, [Lamp]s do
/// @param gloss how much of the scene it mirrors, 0 to 1
record Surface(Paint paint, double glow, double gloss) {

    /// A colour (sRGB, 0xRRGGBB) for each place.
    interface Paint {
        int at(Point place);
    }

    static Surface plain(int colour) {
        return new Surface(place -> colour, 0, 0);
    }

    static Surface glossy(int colour, double gloss) {
        return new Surface(place -> colour, 0, gloss);
    }

    static Surface glowing(int colour, double glow) {
        return new Surface(place -> colour, glow, 0);
    }

    /// Square tiles of `size` metres with joints, each tile a little lighter or darker.
    static Surface tiles(int colour, int joint, double size, double gloss) {
        return new Surface(
                p -> {
                    double u = p.x() / size;
                    double v = p.z() / size;
                    boolean isJoint = fraction(u) * size < 0.022 || fraction(v) * size < 0.022;
                    double tone = 0.94 + 0.1 * noise((int) Math.floor(u), (int) Math.floor(v), 7);
                    return isJoint ? joint : shade(colour, tone * cloudy(p, 0.35, 0.04));
                },
                0,
                gloss);
    }

    /// Concrete, asphalt, plaster: uneven in the large and grainy in the small.
    static Surface rough(int colour, double grain) {
        return new Surface(
                p -> shade(colour, cloudy(p, 1.6, grain) * cloudy(p, 0.11, grain * 0.6)), 0, 0);
    }

    /// Lines every `size` metres along an axis: 0 for x, 1 for y, 2 for z.
    static Surface slats(int colour, int line, int axis, double size, double width) {
        return new Surface(
                p -> {
                    double along = axis == 0 ? p.x() : axis == 1 ? p.y() : p.z();
                    double tone = 0.93 + 0.12 * noise((int) Math.floor(along / size), axis, 3);
                    return fraction(along / size) * size < width ? line : shade(colour, tone);
                },
                0,
                0);
    }

    /// Slanted stripes on the floor, as at the edge of a loading dock.
    static Surface hazard(int one, int other) {
        return new Surface(p -> fraction((p.x() + p.z()) / 0.7) < 0.5 ? one : other, 0, 0);
    }

    static int shade(int colour, double by) {
        int r = clamp((colour >> 16 & 0xff) * by);
        int g = clamp((colour >> 8 & 0xff) * by);
        int b = clamp((colour & 0xff) * by);
        return r << 16 | g << 8 | b;
    }

    static int mix(int one, int other, double part) {
        int r = clamp((one >> 16 & 0xff) * (1 - part) + (other >> 16 & 0xff) * part);
        int g = clamp((one >> 8 & 0xff) * (1 - part) + (other >> 8 & 0xff) * part);
        int b = clamp((one & 0xff) * (1 - part) + (other & 0xff) * part);
        return r << 16 | g << 8 | b;
    }

    private static int clamp(double value) {
        return (int) Math.max(0, Math.min(255, value));
    }

    private static double cloudy(Point p, double size, double depth) {
        double u = (p.x() + p.y() * 0.7) / size;
        double v = (p.z() + p.y() * 1.3) / size;
        int i = (int) Math.floor(u);
        int j = (int) Math.floor(v);
        double a = u - i;
        double b = v - j;
        a = a * a * (3 - 2 * a);
        b = b * b * (3 - 2 * b);
        double top = noise(i, j, 1) * (1 - a) + noise(i + 1, j, 1) * a;
        double bottom = noise(i, j + 1, 1) * (1 - a) + noise(i + 1, j + 1, 1) * a;
        return 1 + depth * (2 * (top * (1 - b) + bottom * b) - 1);
    }

    private static double fraction(double value) {
        return value - Math.floor(value);
    }

    /// 0 to 1, always the same for the same place.
    private static double noise(int i, int j, int seed) {
        int h = i * 374_761_393 + j * 668_265_263 + seed * 1_274_126_177;
        h = (h ^ h >>> 13) * 1_274_126_177;
        return ((h ^ h >>> 16) & 0xffff) / 65_535.0;
    }
}
