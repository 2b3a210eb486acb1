package org.custodes.simulator;

import java.nio.file.Path;

/// One drawn scene, ready to be shown by a camera.
///
/// @param id 1 to 255, as in the [Barcode] of its pictures
/// @param name of one word, fit for a path
/// @param title as people say it
/// @param main 1280x720 at 25 frames a second, 40 s, 1 to 1.5 Mbit/s (MP4, H.264)
/// @param wall the same pictures at 640x360, about 270 kbit/s
/// @param groundTruth who is where: CSV with a head line `frame,person,x,y,w,h`; the smallest
///     rectangle round all visible pixels of a person, in pixels of `main` from the top left corner;
///     no line where nobody is seen
public record DemoScene(int id, String name, String title, Path main, Path wall, Path groundTruth) {

    /// What the scene's camera shows.
    public Clip mainClip() {
        return Clip.ofMp4(main);
    }

    /// The same, small.
    public Clip wallClip() {
        return Clip.ofMp4(wall);
    }
}
