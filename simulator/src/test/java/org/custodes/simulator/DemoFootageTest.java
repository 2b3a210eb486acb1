package org.custodes.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoFootageTest {
    @TempDir static Path folder;
    private static DemoScene scene;

    @BeforeAll
    static void make() {
        scene = DemoFootage.small(folder);
    }

    @Test
    void every_frame_of_the_small_clip_tells_its_number_after_decoding() throws Exception {
        var clip = scene.mainClip();
        assertThat(clip.accessUnits()).hasSize(100);
        assertThat(clip.reorderTicks()).isZero();
        assertThat(keyFrames(clip)).containsExactly(0, 50);
        for (var size : List.of("320x180", "640x360")) {
            var pictures = Files.createDirectories(folder.resolve(size));
            ForeignTools.ffmpeg(
                    folder,
                    "-i %s -s %s -vsync 0 %s/%%03d.bmp".formatted(scene.main(), size, pictures));
            for (int frame = 0; frame < 100; frame++) {
                var picture =
                        ImageIO.read(pictures.resolve("%03d.bmp".formatted(frame + 1)).toFile());
                assertThat(Barcode.read(picture)).contains(new Barcode(scene.id(), frame));
            }
        }
    }

    @Test
    void the_ground_truth_names_people_inside_the_picture() throws IOException {
        var lines = Files.readAllLines(scene.groundTruth());
        assertThat(lines.getFirst()).isEqualTo("frame,person,x,y,w,h");
        assertThat(lines).hasSizeGreaterThan(50);
        for (var line : lines.subList(1, lines.size())) {
            var parts = line.split(",", -1);
            int x = Integer.parseInt(parts[2]);
            int y = Integer.parseInt(parts[3]);
            assertThat(x).isNotNegative();
            assertThat(y).isNotNegative();
            assertThat(x + Integer.parseInt(parts[4])).isLessThanOrEqualTo(320);
            assertThat(y + Integer.parseInt(parts[5])).isLessThanOrEqualTo(180);
        }
    }

    @Test
    void a_person_covers_the_backdrop_where_the_ground_truth_says_and_nowhere_else() {
        var painter = new ScenePainter(Scenes.corridor(), 320, 180);
        painter.paint(300);
        var with = painter.image();
        var seen = painter.paint(300).seen();
        var empty =
                new Backdrop(
                        Scenes.corridor().room(),
                        Scenes.corridor().view().lens(320, 180),
                        320,
                        180);

        int strange = 0;
        for (int y = 0; y < 150; y++) {
            for (int x = 0; x < 320; x++) {
                int at = y * 320 + x;
                boolean changed = (with.getRGB(x, y) & 0xffffff) != empty.rgb()[at];
                boolean inside = false;
                for (var one : seen) {
                    var box = new java.awt.Rectangle(one.box());
                    box.grow(1, 1);
                    inside |= box.contains(x, y);
                }
                strange += changed && !inside && !empty.isFloor(at) ? 1 : 0;
            }
        }
        assertThat(seen).isNotEmpty();
        assertThat(strange).isZero();
    }

    @Property
    void a_barcode_is_read_back_at_any_size(
            @ForAll @IntRange(max = 255) int scene,
            @ForAll @IntRange(max = 65_535) int frame,
            @ForAll @IntRange(min = 160, max = 1920) int width) {
        var code = new Barcode(scene, frame);

        assertThat(Barcode.read(drawn(code, width, width * 9 / 16))).contains(code);
    }

    @Test
    void what_is_no_barcode_is_not_read() {
        assertThat(Barcode.read(new BufferedImage(640, 360, BufferedImage.TYPE_INT_RGB))).isEmpty();
        var wrong = drawn(new Barcode(3, 77), 640, 360);
        for (int y = 340; y < 360; y++) {
            for (int x = Barcode.left(12, 640); x < Barcode.left(13, 640); x++) {
                wrong.setRGB(x, y, ~wrong.getRGB(x, y));
            }
        }
        assertThat(Barcode.read(wrong)).isEmpty();
    }

    @Test
    void the_barcode_of_the_documentation_is_drawn_so() {
        assertThat(new Barcode(2, 777).bits()).isEqualTo(0xc5020309L << 16 | 0x213bL);
    }

    private static BufferedImage drawn(Barcode code, int width, int height) {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int cell = 0; cell < Barcode.CELLS; cell++) {
            for (int x = Barcode.left(cell, width); x < Barcode.left(cell + 1, width); x++) {
                for (int y = Barcode.top(height); y < height; y++) {
                    image.setRGB(x, y, code.isWhite(cell) ? 0xe4e6e8 : 0x14161a);
                }
            }
        }
        return image;
    }

    private static List<Integer> keyFrames(Clip clip) {
        var keys = new java.util.ArrayList<Integer>();
        for (int i = 0; i < clip.accessUnits().size(); i++) {
            if (clip.accessUnits().get(i).key()) {
                keys.add(i);
            }
        }
        return keys;
    }
}
