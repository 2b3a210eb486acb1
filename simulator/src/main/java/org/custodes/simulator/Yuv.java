package org.custodes.simulator;

import java.awt.Rectangle;
import java.util.SplittableRandom;

/// A picture as the encoder wants it: Y, U and V planes (4:2:0, BT.709, video range). It keeps the
/// backdrop's planes and lays what changed over a copy of them.
final class Yuv {
    private static final int NOISE_TILES = 7;

    private final int width;
    private final int height;
    private final byte[] backdrop;
    private final byte[] planes;
    private final byte[] noise;
    private byte[] target;

    /// @param noiseLevels how far the sensor's noise goes up and down
    Yuv(int width, int height, int noiseLevels) {
        this.width = width;
        this.height = height;
        this.backdrop = new byte[width * height * 3 / 2];
        this.planes = new byte[backdrop.length];
        this.target = backdrop;
        this.noise = new byte[width * height + NOISE_TILES * 4099];
        var random = new SplittableRandom(11);
        for (int i = 0; i < noise.length; i++) {
            double bell = random.nextDouble() + random.nextDouble() - 1;
            noise[i] = (byte) Math.round(bell * noiseLevels);
        }
    }

    byte[] bytes() {
        return planes;
    }

    /// Converts the backdrop.
    void convert(int[] rgb, Rectangle area) {
        target = backdrop;
        write(rgb, area);
    }

    void beginFrame() {
        System.arraycopy(backdrop, 0, planes, 0, planes.length);
        target = planes;
    }

    /// Converts what changed in the frame.
    void overlay(int[] rgb, Rectangle area) {
        write(rgb, area);
    }

    void addNoise(int frame) {
        int from = frame * 3 % NOISE_TILES * 4099;
        for (int i = 0; i < width * height; i++) {
            planes[i] += noise[from + i];
        }
    }

    private void write(int[] rgb, Rectangle area) {
        int left = area.x & ~1;
        int top = area.y & ~1;
        int right = Math.min(width, area.x + area.width + 1 & ~1);
        int bottom = Math.min(height, area.y + area.height + 1 & ~1);
        int u = width * height;
        int v = u + u / 4;
        for (int y = top; y < bottom; y += 2) {
            for (int x = left; x < right; x += 2) {
                int a = rgb[y * width + x];
                int b = rgb[y * width + x + 1];
                int c = rgb[(y + 1) * width + x];
                int d = rgb[(y + 1) * width + x + 1];
                target[y * width + x] = luma(a);
                target[y * width + x + 1] = luma(b);
                target[(y + 1) * width + x] = luma(c);
                target[(y + 1) * width + x + 1] = luma(d);
                int red = (a >> 16 & 0xff) + (b >> 16 & 0xff) + (c >> 16 & 0xff) + (d >> 16 & 0xff);
                int green = (a >> 8 & 0xff) + (b >> 8 & 0xff) + (c >> 8 & 0xff) + (d >> 8 & 0xff);
                int blue = (a & 0xff) + (b & 0xff) + (c & 0xff) + (d & 0xff);
                int at = y / 2 * (width / 2) + x / 2;
                // BT.709: 224 levels of chroma; 16 bits of fraction, and 2 for the four pixels
                target[u + at] =
                        (byte) (((-6596 * red - 22189 * green + 28784 * blue) >> 18) + 128);
                target[v + at] = (byte) (((28784 * red - 26145 * green - 2639 * blue) >> 18) + 128);
            }
        }
    }

    private static byte luma(int rgb) {
        int red = rgb >> 16 & 0xff;
        int green = rgb >> 8 & 0xff;
        int blue = rgb & 0xff;
        return (byte) (((11966 * red + 40254 * green + 4064 * blue + 32768) >> 16) + 16);
    }
}
