package org.custodes.simulator;

import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/// Paints the frames of one scene. The backdrop is traced once; a frame is a copy of it in which only
/// what changed is painted and converted.
final class ScenePainter {
    private static final int LIGHT_STEP = 10; // frames between two looks at the light on a person
    private static final int VISIBLE = 96; // of 255: from this cover on a pixel counts as person

    private final DrawnScene scene;
    private final int width;
    private final int height;
    private final Lens lens;
    private final Light light;
    private final Backdrop backdrop;
    private final int[] rgb;
    private final Yuv base;
    private final BufferedImage sprite;
    private final int[] spritePixels;
    private final List<Rectangle> changed = new ArrayList<>();
    private final SplittableRandom random = new SplittableRandom(1);
    private final Figure.SideLight[][] lights;

    ScenePainter(DrawnScene scene, int width, int height) {
        this.scene = scene;
        this.width = width;
        this.height = height;
        this.lens = scene.view().lens(width, height);
        this.light = new Light(scene.room());
        this.backdrop = new Backdrop(scene.room(), lens, width, height);
        this.rgb = backdrop.rgb().clone();
        this.base = new Yuv(width, height, scene.noise());
        base.convert(rgb, new Rectangle(0, 0, width, height));
        this.sprite = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB_PRE);
        this.spritePixels = ((DataBufferInt) sprite.getRaster().getDataBuffer()).getData();
        this.lights =
                new Figure.SideLight[scene.people().size()][DrawnScene.FRAMES / LIGHT_STEP + 1];
    }

    /// Where one person is seen in a frame: the smallest rectangle round all their visible pixels.
    record Seen(String person, Rectangle box) {}

    /// One frame: its planes, and who is where.
    record Frame(Yuv planes, List<Seen> seen) {}

    /// Paints a frame. Its planes are valid until the next call.
    Frame paint(int frame) {
        restore();
        double second = (double) frame / DrawnScene.FPS;
        var seen = new ArrayList<Seen>();
        var present = new ArrayList<Integer>();
        for (int i = 0; i < scene.people().size(); i++) {
            if (scene.people().get(i).walk().isThere(second)) {
                present.add(i);
            }
        }
        present.sort(Comparator.comparingDouble((Integer i) -> depth(i, second)).reversed());
        present.forEach(i -> shadow(scene.people().get(i).walk().at(second)));
        if (scene.polish() > 0) {
            present.forEach(i -> cover(figure(i, second, true), i, frame, true));
        }
        for (int i : present) {
            var box = cover(figure(i, second, false), i, frame, false);
            if (!box.isEmpty()) {
                seen.add(new Seen(scene.people().get(i).name(), box));
            }
        }
        caption(frame);
        base.beginFrame();
        changed.forEach(area -> base.overlay(rgb, area));
        base.addNoise(frame);
        return new Frame(base, seen);
    }

    /// The frame that was painted last.
    BufferedImage image() {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, width, height, rgb, 0, width);
        return image;
    }

    private void restore() {
        for (var area : changed) {
            for (int y = area.y; y < area.y + area.height; y++) {
                System.arraycopy(
                        backdrop.rgb(), y * width + area.x, rgb, y * width + area.x, area.width);
            }
        }
        changed.clear();
    }

    private double depth(int person, double second) {
        return Figure.depth(lens, scene.people().get(person).walk().at(second));
    }

    private Figure figure(int person, double second, boolean mirrored) {
        var who = scene.people().get(person);
        return new Figure(lens, who, who.walk().at(second), mirrored);
    }

    private Figure.SideLight lightOn(int person, int frame) {
        var known = lights[person][frame / LIGHT_STEP];
        if (known == null) {
            var pose = scene.people().get(person).walk().at((double) frame / DrawnScene.FPS);
            var chest = new Point(pose.x(), 1.2, pose.z());
            known =
                    new Figure.SideLight(
                            light.on(chest, new Point(-0.8, 0.6, 0), random, 6),
                            light.on(chest, new Point(0, 0.6, -0.8), random, 6),
                            light.on(chest, new Point(0.8, 0.6, 0), random, 6));
            lights[person][frame / LIGHT_STEP] = known;
        }
        return known;
    }

    /// Puts a figure into the picture, behind what is nearer; tells where it is seen.
    private Rectangle cover(Figure figure, int person, int frame, boolean mirrored) {
        var area = figure.bounds().intersection(new Rectangle(0, 0, width, height));
        if (area.isEmpty()) {
            return new Rectangle();
        }
        for (int y = area.y; y < area.y + area.height; y++) {
            Arrays.fill(spritePixels, y * width + area.x, y * width + area.x + area.width, 0);
        }
        var canvas = sprite.createGraphics();
        canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        canvas.setRenderingHint(
                RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        figure.paint(canvas, lightOn(person, frame), scene.room().exposure());
        canvas.dispose();
        changed.add(area);
        return blend(area, figure.depth(), mirrored);
    }

    private Rectangle blend(Rectangle area, double depth, boolean mirrored) {
        int left = Integer.MAX_VALUE;
        int top = Integer.MAX_VALUE;
        int right = -1;
        int bottom = -1;
        for (int y = area.y; y < area.y + area.height; y++) {
            for (int x = area.x; x < area.x + area.width; x++) {
                int at = y * width + x;
                int over = spritePixels[at];
                boolean floor = backdrop.isFloor(at);
                boolean hidden =
                        over == 0
                                || (mirrored
                                        ? !floor
                                        : !floor && backdrop.depth(at) < depth - 0.12);
                if (hidden) {
                    continue;
                }
                rgb[at] = mirrored ? faint(over, rgb[at]) : over(over, rgb[at]);
                if (over >>> 24 >= VISIBLE) {
                    left = Math.min(left, x);
                    right = Math.max(right, x);
                    top = Math.min(top, y);
                    bottom = Math.max(bottom, y);
                }
            }
        }
        return right < 0
                ? new Rectangle()
                : new Rectangle(left, top, right - left + 1, bottom - top + 1);
    }

    private int faint(int over, int under) {
        double part = scene.polish() * (over >>> 24) / 255;
        return Surface.mix(under, over, part);
    }

    private static int over(int premultiplied, int under) {
        int rest = 255 - (premultiplied >>> 24);
        int r = (premultiplied >> 16 & 0xff) + (under >> 16 & 0xff) * rest / 255;
        int g = (premultiplied >> 8 & 0xff) + (under >> 8 & 0xff) * rest / 255;
        int b = (premultiplied & 0xff) + (under & 0xff) * rest / 255;
        return Math.min(255, r) << 16 | Math.min(255, g) << 8 | Math.min(255, b);
    }

    /// A soft dark patch on the floor below a person.
    private void shadow(Walk.Pose pose) {
        var middle = lens.project(new Point(pose.x(), 0, pose.z()));
        double reach = 0.5;
        double rx = lens.scale(middle.z()) * reach;
        var far = lens.project(new Point(pose.x(), 0, pose.z() + reach));
        double ry = Math.max(2, Math.abs(middle.y() - far.y()));
        var area =
                new Rectangle(
                                (int) (middle.x() - rx),
                                (int) (middle.y() - ry),
                                (int) (2 * rx) + 2,
                                (int) (2 * ry) + 2)
                        .intersection(new Rectangle(0, 0, width, height));
        if (area.isEmpty()) {
            return;
        }
        for (int y = area.y; y < area.y + area.height; y++) {
            for (int x = area.x; x < area.x + area.width; x++) {
                double u = (x - middle.x()) / rx;
                double v = (y - middle.y()) / ry;
                double inside = 1 - u * u - v * v;
                if (inside > 0 && backdrop.isFloor(y * width + x)) {
                    int at = y * width + x;
                    rgb[at] = Surface.shade(rgb[at], 1 - 0.55 * inside * inside);
                }
            }
        }
        changed.add(area);
    }

    /// Scene, loop time and frame number in letters, and the barcode below.
    private void caption(int frame) {
        int dot = Math.max(1, width / 640);
        int top = Barcode.top(height);
        int textTop = top - 10 * dot;
        var text =
                "%s  %02d:%02d.%02d  %04d"
                        .formatted(
                                scene.title().toUpperCase(java.util.Locale.ROOT),
                                frame / DrawnScene.FPS / 60,
                                frame / DrawnScene.FPS % 60,
                                frame % DrawnScene.FPS,
                                frame);
        Lettering.write(rgb, width, Barcode.left(0, width), textTop, dot, text);
        var code = new Barcode(scene.id(), frame);
        Lettering.fill(rgb, width, 0, top, width, height - top, 0x14161a);
        for (int cell = 0; cell < Barcode.CELLS; cell++) {
            int left = Barcode.left(cell, width);
            int wide = Barcode.left(cell + 1, width) - left;
            Lettering.fill(
                    rgb,
                    width,
                    left,
                    top,
                    wide,
                    height - top,
                    code.isWhite(cell) ? 0xe4e6e8 : 0x14161a);
        }
        changed.add(new Rectangle(0, textTop - 2, width, height - textTop + 2));
    }
}
