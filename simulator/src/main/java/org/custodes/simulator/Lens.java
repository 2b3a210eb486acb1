package org.custodes.simulator;

/// Where a drawn camera hangs and looks, and what point of the scene falls on which pixel. A pinhole,
/// without distortion.
final class Lens {
    private final Point place;
    private final double sinPitch;
    private final double cosPitch;
    private final double sinYaw;
    private final double cosYaw;
    private final double focal;
    private final double centreX;
    private final double centreY;

    /// @param height of the camera above the floor in metres
    /// @param pitch degrees it looks down
    /// @param yaw degrees it looks to the right
    /// @param fieldOfView degrees from the left to the right edge of the picture
    Lens(double height, double pitch, double yaw, double fieldOfView, int width, int heightPixels) {
        this.place = new Point(0, height, 0);
        this.sinPitch = Math.sin(Math.toRadians(pitch));
        this.cosPitch = Math.cos(Math.toRadians(pitch));
        this.sinYaw = Math.sin(Math.toRadians(yaw));
        this.cosYaw = Math.cos(Math.toRadians(yaw));
        this.focal = width / 2.0 / Math.tan(Math.toRadians(fieldOfView / 2));
        this.centreX = width / 2.0;
        this.centreY = heightPixels / 2.0;
    }

    Point place() {
        return place;
    }

    /// Pixel x, pixel y, and how far in front of the camera; meaningless where that is not positive.
    Point project(Point p) {
        var d = p.minus(place);
        double right = d.x() * cosYaw - d.z() * sinYaw;
        double ahead = d.x() * sinYaw + d.z() * cosYaw;
        double depth = ahead * cosPitch - d.y() * sinPitch;
        double up = ahead * sinPitch + d.y() * cosPitch;
        return new Point(centreX + focal * right / depth, centreY - focal * up / depth, depth);
    }

    /// Pixels that a metre takes at this depth.
    double scale(double depth) {
        return focal / depth;
    }

    /// The direction that falls on a pixel, not of length 1: its depth is 1.
    Point ray(double pixelX, double pixelY) {
        double right = (pixelX - centreX) / focal;
        double up = (centreY - pixelY) / focal;
        double ahead = cosPitch + up * sinPitch;
        double y = up * cosPitch - sinPitch;
        return new Point(right * cosYaw + ahead * sinYaw, y, ahead * cosYaw - right * sinYaw);
    }
}
