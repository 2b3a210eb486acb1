package org.custodes.simulator;

import java.util.List;

/// A scene of the demo: a room, the camera in it, and who walks there in 40 seconds.
///
/// @param id 1 to 255, in the barcode
/// @param name of the files
/// @param title shown to people
/// @param polish how much of people the floor mirrors, 0 to 1
/// @param noise how many levels the sensor's noise reaches
/// @param view pitch, yaw, field of view in degrees, and height in metres
record DrawnScene(
        int id,
        String name,
        String title,
        Room room,
        View view,
        double polish,
        int noise,
        List<Person> people) {
    static final int FPS = 25;
    static final int FRAMES = 1_000;

    /// How the camera hangs.
    record View(double height, double pitch, double yaw, double fieldOfView) {
        Lens lens(int width, int heightPixels) {
            return new Lens(height, pitch, yaw, fieldOfView, width, heightPixels);
        }
    }
}
