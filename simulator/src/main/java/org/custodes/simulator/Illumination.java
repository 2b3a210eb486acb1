package org.custodes.simulator;

/// An amount of light by colour, linear: 1 each is what a white floor gets one metre below a lamp of
/// power 1.
record Illumination(double red, double green, double blue) {
    static final Illumination NONE = new Illumination(0, 0, 0);

    /// Adds so much light of an sRGB colour.
    Illumination plus(int colour, double amount) {
        return new Illumination(
                red + amount * Light.linear((colour >> 16) & 0xff),
                green + amount * Light.linear((colour >> 8) & 0xff),
                blue + amount * Light.linear(colour & 0xff));
    }

    Illumination mix(Illumination other, double partOfOther) {
        double rest = 1 - partOfOther;
        return new Illumination(
                red * rest + other.red * partOfOther,
                green * rest + other.green * partOfOther,
                blue * rest + other.blue * partOfOther);
    }

    double sum() {
        return red + green + blue;
    }
}
