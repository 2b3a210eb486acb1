package org.custodes.simulator;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.custodes.media.Bytes;

/// Draws JPEG images of boxes that wander, each with its number as a [Barcode], so that every one can be
/// told from all others and shown.
final class SyntheticImages {
    /// Which scene their barcode names: `docs/formats/barcode.md`.
    private static final int SCENE = 5;

    private static final int BOXES = 40;

    private final int width;
    private final int height;
    private final float quality;
    private final Random random;

    SyntheticImages(int width, int height, double quality, long seed) {
        this.width = width;
        this.height = height;
        this.quality = (float) quality;
        this.random = new Random(seed);
    }

    List<AccessUnit> units(int count, long ticks) {
        var units = new ArrayList<AccessUnit>();
        for (int i = 0; i < count; i++) {
            units.add(new AccessUnit(Bytes.of(image(i)), true, i * ticks, i * ticks));
        }
        return units;
    }

    private byte[] image(int number) {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var graphics = image.createGraphics();
        for (int box = 0; box < BOXES; box++) {
            graphics.setColor(new Color(random.nextInt(0x100_0000)));
            graphics.fillRect(random.nextInt(width), random.nextInt(height), width / 4, height / 4);
        }
        draw(new Barcode(SCENE, number), graphics);
        graphics.dispose();
        var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        var bytes = new ByteArrayOutputStream();
        try (var out = new MemoryCacheImageOutputStream(bytes)) {
            var settings = writer.getDefaultWriteParam();
            settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            settings.setCompressionQuality(quality);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), settings);
        } catch (IOException e) {
            throw new UncheckedIOException("Writing an image to memory failed", e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private void draw(Barcode barcode, Graphics2D graphics) {
        var top = Barcode.top(height);
        for (int cell = 0; cell < Barcode.CELLS; cell++) {
            var left = Barcode.left(cell, width);
            graphics.setColor(barcode.isWhite(cell) ? Color.WHITE : Color.BLACK);
            graphics.fillRect(left, top, Barcode.left(cell + 1, width) - left, height - top);
        }
    }
}
