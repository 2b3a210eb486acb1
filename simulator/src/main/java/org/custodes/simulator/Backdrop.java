package org.custodes.simulator;

import java.util.SplittableRandom;

/// A room as its camera sees it, traced once: every frame begins as a copy of it.
///
/// Light is gathered at every third pixel each way and smoothed along surfaces; colours are looked up
/// once a pixel, and four times where neighbours differ, so that edges are soft.
final class Backdrop {
    private static final int COARSE = 3;
    private static final int SMOOTH = 3;
    private static final int SEARCH = 6;
    private static final double[] SAMPLE_X = {0.375, 0.875, 0.125, 0.625};
    private static final double[] SAMPLE_Y = {0.125, 0.375, 0.625, 0.875};
    private static final int RAYS_PER_LAMP = 2;

    private final Room room;
    private final Lens lens;
    private final int width;
    private final int height;
    private final int[] rgb;
    private final float[] depth;
    private final boolean[] floor;

    // Light on the coarse grid: three channels, and on which surface, facing where
    private final int coarseWidth;
    private final int coarseHeight;
    private float[] light;
    private final int[] face;
    private final float[] coarseDepth;

    Backdrop(Room room, Lens lens, int width, int height) {
        this.room = room;
        this.lens = lens;
        this.width = width;
        this.height = height;
        this.rgb = new int[width * height];
        this.depth = new float[width * height];
        this.floor = new boolean[width * height];
        this.coarseWidth = (width + COARSE - 1) / COARSE + 1;
        this.coarseHeight = (height + COARSE - 1) / COARSE + 1;
        this.light = new float[coarseWidth * coarseHeight * 3];
        this.face = new int[coarseWidth * coarseHeight];
        this.coarseDepth = new float[coarseWidth * coarseHeight];
        gatherLight();
        light = smoothed(true);
        light = smoothed(false);
        paint();
    }

    int[] rgb() {
        return rgb;
    }

    /// How far in front of the camera the pixel is, in metres.
    float depth(int pixel) {
        return depth[pixel];
    }

    /// Whether the pixel is floor, which never hides who stands on it.
    boolean isFloor(int pixel) {
        return floor[pixel];
    }

    private void gatherLight() {
        var light = new Light(room);
        for (int y = 0; y < coarseHeight; y++) {
            var random = new SplittableRandom(y);
            for (int x = 0; x < coarseWidth; x++) {
                gather(light, x, y, random);
            }
        }
    }

    private void gather(Light gatherer, int x, int y, SplittableRandom random) {
        var ray = lens.ray(x * COARSE + 0.5, y * COARSE + 0.5);
        var hit = room.first(lens.place(), ray);
        int at = y * coarseWidth + x;
        if (hit.distance() == Double.POSITIVE_INFINITY) {
            face[at] = -1;
            return;
        }
        var place = lens.place().plus(ray.times(hit.distance()));
        var normal = hit.solid().normal(place, ray);
        var got = gatherer.on(place, normal, random, RAYS_PER_LAMP);
        light[at * 3] = (float) got.red();
        light[at * 3 + 1] = (float) got.green();
        light[at * 3 + 2] = (float) got.blue();
        face[at] = faceOf(normal);
        coarseDepth[at] = (float) hit.distance();
    }

    private static int faceOf(Point normal) {
        return (int) (normal.x() + 3 * normal.y() + 9 * normal.z()) + 14;
    }

    /// Averages along a row or column over neighbours on the same face, no nearer and no farther.
    private float[] smoothed(boolean alongRow) {
        var out = new float[light.length];
        for (int y = 0; y < coarseHeight; y++) {
            for (int x = 0; x < coarseWidth; x++) {
                int at = y * coarseWidth + x;
                int count = 0;
                for (int k = -SMOOTH; k <= SMOOTH; k++) {
                    int nx = alongRow ? x + k : x;
                    int ny = alongRow ? y : y + k;
                    int other = ny * coarseWidth + nx;
                    if (nx < 0 || ny < 0 || nx >= coarseWidth || ny >= coarseHeight) {
                        continue;
                    }
                    if (face[other] == face[at]
                            && Math.abs(coarseDepth[other] - coarseDepth[at])
                                    < 0.06 * coarseDepth[at]) {
                        for (int c = 0; c < 3; c++) {
                            out[at * 3 + c] += light[other * 3 + c];
                        }
                        count++;
                    }
                }
                for (int c = 0; c < 3; c++) {
                    out[at * 3 + c] /= Math.max(1, count);
                }
            }
        }
        return out;
    }

    private void paint() {
        var colour = new double[3];
        var first = new float[width * height * 3];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                look(x, y, 0, colour);
                for (int c = 0; c < 3; c++) {
                    first[(y * width + x) * 3 + c] = (float) colour[c];
                }
            }
        }
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int at = (y * width + x) * 3;
                var sum = new double[] {first[at], first[at + 1], first[at + 2]};
                int samples = isEdge(first, x, y) ? 4 : 1;
                for (int sample = 1; sample < samples; sample++) {
                    look(x, y, sample, colour);
                    for (int c = 0; c < 3; c++) {
                        sum[c] += colour[c];
                    }
                }
                double dim = vignette(x, y) / samples;
                rgb[y * width + x] = pixel(sum[0] * dim, sum[1] * dim, sum[2] * dim);
            }
        }
    }

    private boolean isEdge(float[] seen, int x, int y) {
        int at = y * width + x;
        return (x > 0 && differ(seen, at, at - 1))
                || (x + 1 < width && differ(seen, at, at + 1))
                || (y > 0 && differ(seen, at, at - width))
                || (y + 1 < height && differ(seen, at, at + width));
    }

    private static boolean differ(float[] seen, int one, int other) {
        float a = seen[one * 3 + 1];
        float b = seen[other * 3 + 1];
        return Math.abs(a - b) > 0.06f * (a + b) + 0.002f;
    }

    private int pixel(double r, double g, double b) {
        double exposure = room.exposure();
        return Light.level(r, exposure) << 16
                | Light.level(g, exposure) << 8
                | Light.level(b, exposure);
    }

    private double vignette(int x, int y) {
        double u = (x - width / 2.0) / width;
        double v = (y - height / 2.0) / width;
        return 1 - 0.75 * (u * u + v * v);
    }

    private void look(int x, int y, int sample, double[] colour) {
        var ray = lens.ray(x + SAMPLE_X[sample], y + SAMPLE_Y[sample]);
        var hit = room.first(lens.place(), ray);
        int at = y * width + x;
        if (hit.distance() == Double.POSITIVE_INFINITY) {
            depth[at] = Float.POSITIVE_INFINITY;
            sky(ray, colour);
            return;
        }
        var place = lens.place().plus(ray.times(hit.distance()));
        var normal = hit.solid().normal(place, ray);
        depth[at] = (float) hit.distance();
        floor[at] = normal.y() > 0.5 && place.y() < 0.02;
        shine(hit, place, lightAt(x, y, faceOf(normal), (float) hit.distance()), colour);
        if (hit.solid().surface().gloss() > 0) {
            mirror(hit.solid().surface().gloss(), place, ray, normal, colour);
        }
    }

    private void sky(Point ray, double[] colour) {
        double up = Math.max(0, ray.y() / ray.length());
        colour[0] = 0.0015 + 0.0025 * (1 - up);
        colour[1] = 0.0018 + 0.0025 * (1 - up);
        colour[2] = 0.0032 + 0.003 * (1 - up);
    }

    private static void shine(Room.Hit hit, Point place, float[] light, double[] colour) {
        var surface = hit.solid().surface();
        int paint = surface.paint().at(place);
        for (int c = 0; c < 3; c++) {
            double albedo = Light.linear(paint >> (16 - 8 * c) & 0xff);
            colour[c] = albedo * (light[c] + surface.glow());
        }
    }

    /// A glimpse of what lies mirrored, more of it at a flat angle. Its light is guessed.
    private void mirror(double gloss, Point place, Point ray, Point normal, double[] colour) {
        double length = ray.length();
        double facing = -ray.dot(normal) / length;
        double part = gloss * (0.12 + 0.88 * Math.pow(1 - facing, 3));
        var direction = ray.minus(normal.times(2 * ray.dot(normal)));
        var hit = room.first(place.plus(normal.times(0.01)), direction);
        if (hit.distance() == Double.POSITIVE_INFINITY) {
            return;
        }
        var there = place.plus(direction.times(hit.distance()));
        var surface = hit.solid().surface();
        int paint = surface.paint().at(there);
        for (int c = 0; c < 3; c++) {
            double seen = Light.linear(paint >> (16 - 8 * c) & 0xff);
            colour[c] = colour[c] * (1 - part) + part * seen * (surface.glow() + room.ambient());
        }
    }

    /// The light gathered nearest to a pixel on the same face; farther off where there is none, as on
    /// narrow things.
    private float[] lightAt(int x, int y, int wantedFace, float distance) {
        var sum = new float[3];
        float weights = addLight(x, y, 0, wantedFace, distance, sum);
        for (int reach = 1; weights == 0 && reach <= SEARCH; reach++) {
            weights = addLight(x, y, reach, wantedFace, distance, sum);
        }
        for (int c = 0; c < 3; c++) {
            sum[c] /= Math.max(1e-9f, weights);
        }
        return sum;
    }

    private float addLight(int x, int y, int reach, int wantedFace, float distance, float[] sum) {
        float weights = 0;
        for (int j = -reach; j <= 1 + reach; j++) {
            for (int i = -reach; i <= 1 + reach; i++) {
                int cx = x / COARSE + i;
                int cy = y / COARSE + j;
                if (cx < 0 || cy < 0 || cx >= coarseWidth || cy >= coarseHeight) {
                    continue;
                }
                int at = cy * coarseWidth + cx;
                if (face[at] != wantedFace
                        || Math.abs(coarseDepth[at] - distance) >= 0.08f * distance) {
                    continue;
                }
                float u = Math.max(0.05f, 1 - Math.abs(i - x % COARSE / (float) COARSE));
                float v = Math.max(0.05f, 1 - Math.abs(j - y % COARSE / (float) COARSE));
                for (int c = 0; c < 3; c++) {
                    sum[c] += u * v * light[at * 3 + c];
                }
                weights += u * v;
            }
        }
        return weights;
    }
}
