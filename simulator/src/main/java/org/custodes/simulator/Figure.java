package org.custodes.simulator;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A person as capsules round the bones of a walking skeleton, painted from the farthest to the nearest,
/// each in three tones from its dark to its lit side.
final class Figure {
    private static final double STEP = 0.72; // metres from one foot to the other
    private static final double FULL_SWING_SPEED = 1.1;
    private static final double FINE_PIXELS = 2.5; // thinner limbs are painted in one tone

    private final Lens lens;
    private final Person person;
    private final Walk.Pose pose;
    private final boolean mirrored;
    private final List<Part> parts = new ArrayList<>();
    private final Point forward;
    private final Point right;

    /// A bone with flesh: two ends and how thick it is there, in metres.
    private record Capsule(Point a, Point b, double thickA, double thickB) {}

    /// What is painted in one colour at one depth.
    private record Part(List<Capsule> capsules, int colour, double nearer) {}

    /// The light on a person, by side.
    record SideLight(Illumination left, Illumination front, Illumination right) {}

    /// @param mirrored upside down, as a wet or polished floor shows them
    Figure(Lens lens, Person person, Walk.Pose pose, boolean mirrored) {
        this.lens = lens;
        this.person = person;
        this.pose = pose;
        this.mirrored = mirrored;
        double heading = Math.toRadians(pose.heading());
        this.forward = new Point(Math.sin(heading), 0, Math.cos(heading));
        this.right = new Point(Math.cos(heading), 0, -Math.sin(heading));
        build();
    }

    /// How far in front of the camera the person is.
    double depth() {
        return depth(lens, pose);
    }

    static double depth(Lens lens, Walk.Pose pose) {
        return lens.project(new Point(pose.x(), 0.9, pose.z())).z();
    }

    /// The rectangle of pixels that the figure lies in, with a margin.
    Rectangle bounds() {
        double left = Double.MAX_VALUE;
        double top = Double.MAX_VALUE;
        double far = -Double.MAX_VALUE;
        double bottom = -Double.MAX_VALUE;
        for (var part : parts) {
            for (var capsule : part.capsules()) {
                for (var end : List.of(capsule.a(), capsule.b())) {
                    var p = seen(end);
                    double r = lens.scale(p.z()) * Math.max(capsule.thickA(), capsule.thickB()) + 2;
                    left = Math.min(left, p.x() - r);
                    far = Math.max(far, p.x() + r);
                    top = Math.min(top, p.y() - r);
                    bottom = Math.max(bottom, p.y() + r);
                }
            }
        }
        return new Rectangle(
                (int) left, (int) top, (int) (far - left) + 2, (int) (bottom - top) + 2);
    }

    void paint(Graphics2D canvas, SideLight light, double exposure) {
        boolean fromLeft = light.left().sum() > light.right().sum();
        var dark = fromLeft ? light.right() : light.left();
        var bright = fromLeft ? light.left() : light.right();
        for (var part : parts) {
            double shift = fromLeft ? -1 : 1;
            if (mirrored) {
                layer(canvas, part, toned(part.colour(), light.front(), exposure), 1, 0);
                continue;
            }
            layer(
                    canvas,
                    part,
                    toned(part.colour(), light.front().mix(dark, 0.45), exposure),
                    1,
                    0);
            layer(canvas, part, toned(part.colour(), light.front(), exposure), 0.78, shift * 0.16);
            layer(
                    canvas,
                    part,
                    toned(part.colour(), light.front().mix(bright, 0.6), exposure),
                    0.45,
                    shift * 0.3);
        }
    }

    private void layer(Graphics2D canvas, Part part, Color colour, double thick, double shift) {
        canvas.setColor(colour);
        for (var capsule : part.capsules()) {
            if (thick == 1 || pixels(capsule) > FINE_PIXELS) {
                canvas.fill(shape(capsule, thick, shift));
            }
        }
    }

    private double pixels(Capsule capsule) {
        return capsule.thickA() * lens.scale(seen(capsule.a()).z());
    }

    private Path2D shape(Capsule capsule, double thick, double shift) {
        var a = seen(capsule.a());
        var b = seen(capsule.b());
        double scaleA = lens.scale(a.z()) * capsule.thickA();
        double scaleB = lens.scale(b.z()) * capsule.thickB();
        double ra = scaleA * thick;
        double rb = scaleB * thick;
        double ax = a.x() + scaleA * shift;
        double bx = b.x() + scaleB * shift;
        var path = new Path2D.Double(Path2D.WIND_NON_ZERO);
        path.append(new Ellipse2D.Double(ax - ra, a.y() - ra, 2 * ra, 2 * ra), false);
        path.append(new Ellipse2D.Double(bx - rb, b.y() - rb, 2 * rb, 2 * rb), false);
        double dx = bx - ax;
        double dy = b.y() - a.y();
        double length = Math.hypot(dx, dy);
        if (length > 0.1) {
            double nx = -dy / length;
            double ny = dx / length;
            path.moveTo(ax + nx * ra, a.y() + ny * ra);
            path.lineTo(ax - nx * ra, a.y() - ny * ra);
            path.lineTo(bx - nx * rb, b.y() - ny * rb);
            path.lineTo(bx + nx * rb, b.y() + ny * rb);
            path.closePath();
        }
        return path;
    }

    private static Color toned(int colour, Illumination light, double exposure) {
        return new Color(
                Light.level(Light.linear(colour >> 16 & 0xff) * light.red(), exposure),
                Light.level(Light.linear(colour >> 8 & 0xff) * light.green(), exposure),
                Light.level(Light.linear(colour & 0xff) * light.blue(), exposure));
    }

    private void build() {
        double h = person.height();
        double swing = Math.min(1, pose.speed() / FULL_SWING_SPEED);
        double phase = pose.walked() / STEP * Math.PI;
        double sway = 0.006 * Math.sin(pose.x() * 3 + pose.walked() * 2);
        var leftFoot = legAngles(phase, swing);
        var rightFoot = legAngles(phase + Math.PI, swing);
        double hip = Math.max(reach(leftFoot), reach(rightFoot)) * h + 0.035 * h;
        leg(-1, leftFoot, hip, h);
        leg(1, rightFoot, hip, h);
        torso(hip, h, sway);
        arm(-1, -Math.sin(phase) * swing, hip, h, sway);
        arm(1, Math.sin(phase) * swing, hip, h, sway);
        head(hip, h, sway);
        parts.sort(Comparator.comparingDouble(Part::nearer).reversed());
    }

    /// Angle of the thigh from the vertical, forward positive, and of the shin.
    private static double[] legAngles(double phase, double swing) {
        double thigh = 0.42 * Math.sin(phase) * swing + 0.04 * swing;
        double lift = Math.max(0, Math.cos(phase));
        double knee = 0.06 + swing * (0.08 + 0.66 * lift * lift);
        return new double[] {thigh, thigh - knee};
    }

    /// How far below the hip the foot is, as a part of the height.
    private static double reach(double[] angles) {
        return 0.245 * Math.cos(angles[0]) + 0.24 * Math.cos(angles[1]);
    }

    private void leg(int side, double[] angles, double hip, double h) {
        var top = at(side * 0.052 * h, hip, 0);
        var knee = swung(top, angles[0], 0.245 * h);
        var ankle = swung(knee, angles[1], 0.24 * h);
        var toe = ankle.plus(forward.times(0.085 * h)).plus(new Point(0, -0.012 * h, 0));
        var heel = ankle.plus(forward.times(-0.02 * h)).plus(new Point(0, -0.01 * h, 0));
        part(Surface.shade(0x2a2624, 1), new Capsule(heel, toe, 0.024 * h, 0.02 * h));
        part(
                person.legs(),
                new Capsule(top, knee, 0.056 * h, 0.038 * h),
                new Capsule(knee, ankle, 0.037 * h, 0.026 * h));
    }

    private void torso(double hip, double h, double sway) {
        double shoulder = hip + 0.295 * h;
        var capsules = new ArrayList<Capsule>();
        for (double side : new double[] {-1, 1, -0.4, 0.4}) {
            capsules.add(
                    new Capsule(
                            at(side * 0.078 * h + sway, shoulder, 0),
                            at(side * 0.05 * h, hip + 0.01 * h, 0),
                            0.05 * h,
                            0.058 * h));
        }
        parts.add(
                new Part(
                        capsules,
                        person.vest() ? 0xd6cf2a : person.top(),
                        nearness(at(0, hip, 0))));
        if (person.vest()) {
            for (double height : new double[] {0.1, 0.17}) {
                part(
                        0xe8ecec,
                        new Capsule(
                                at(-0.085 * h, hip + height * h, 0.03 * h),
                                at(0.085 * h, hip + height * h, 0.03 * h),
                                0.012 * h,
                                0.012 * h));
            }
        }
        var throat = at(sway, shoulder + 0.02 * h, 0);
        part(
                person.skin(),
                new Capsule(throat, at(sway, shoulder + 0.06 * h, 0), 0.031 * h, 0.03 * h));
    }

    private void arm(int side, double swing, double hip, double h, double sway) {
        var shoulder = at(side * 0.108 * h + sway, hip + 0.285 * h, 0);
        double upper = 0.5 * swing - 0.03;
        var elbow = swung(shoulder, upper, 0.165 * h).plus(right.times(side * 0.02 * h));
        var wrist = swung(elbow, upper + 0.22 + 0.2 * Math.max(0, swing), 0.14 * h);
        part(
                person.top(),
                new Capsule(shoulder, elbow, 0.036 * h, 0.029 * h),
                new Capsule(elbow, wrist, 0.028 * h, 0.022 * h));
        part(
                person.skin(),
                new Capsule(wrist, swung(wrist, upper + 0.3, 0.035 * h), 0.021 * h, 0.02 * h));
        if (side == 1 && person.bag() >= 0) {
            var grip = wrist.plus(new Point(0, -0.1 * h, 0));
            part(
                    person.bag(),
                    new Capsule(
                            grip.plus(forward.times(-0.06 * h)),
                            grip.plus(forward.times(0.06 * h)),
                            0.055 * h,
                            0.055 * h));
        }
    }

    private void head(double hip, double h, double sway) {
        double middle = hip + 0.4 * h;
        var chin = at(sway, middle - 0.025 * h, 0.016 * h);
        var brow = at(sway, middle + 0.02 * h, 0.012 * h);
        part(person.skin(), new Capsule(chin, brow, 0.043 * h, 0.052 * h));
        var back = at(sway, middle + 0.012 * h, -0.026 * h);
        var crown = at(sway, middle + 0.038 * h, -0.004 * h);
        part(person.hair(), new Capsule(back, crown, 0.052 * h, 0.05 * h));
    }

    /// A place of the body: to its right, above the floor, ahead of it.
    private Point at(double toRight, double up, double ahead) {
        return new Point(pose.x(), up, pose.z())
                .plus(right.times(toRight))
                .plus(forward.times(ahead));
    }

    private Point swung(Point from, double angle, double length) {
        return from.plus(forward.times(Math.sin(angle) * length))
                .plus(new Point(0, -Math.cos(angle) * length, 0));
    }

    private void part(int colour, Capsule... capsules) {
        var middle = capsules[0].a().plus(capsules[capsules.length - 1].b()).times(0.5);
        parts.add(new Part(List.of(capsules), colour, nearness(middle)));
    }

    private Point seen(Point place) {
        return lens.project(mirrored ? new Point(place.x(), -place.y(), place.z()) : place);
    }

    private double nearness(Point place) {
        return lens.project(place).z();
    }
}
