package org.custodes.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.custodes.store.Recorder.DOOR;
import static org.custodes.store.Recorder.NOON;

import java.io.ByteArrayOutputStream;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.custodes.media.Codec;
import org.custodes.media.GapCause;
import org.custodes.store.CatalogueEntry.Begun;
import org.custodes.store.CatalogueEntry.Ended;
import org.custodes.store.CatalogueEntry.Gap;
import org.custodes.store.CatalogueEntry.Step;
import org.junit.jupiter.api.Test;

class FormatTest {
    private static final PackHeader HEADER =
            new PackHeader(
                    new UUID(0xabcdefL, 2),
                    Recorder.ID,
                    new UUID(3, 4),
                    DOOR,
                    Codec.H265,
                    Origin.EDGE,
                    ClockState.FREE,
                    GapCause.CLOCK_STEPPED,
                    7,
                    Wall.day(NOON),
                    Wall.micros(NOON));

    @Test
    void a_pack_header_is_read_as_it_was_written() {
        assertThat(HEADER.encode()).hasSize(PackHeader.SIZE);
        assertThat(PackHeader.parse(HEADER.encode())).isEqualTo(HEADER);
        assertThat(HEADER.binding().header()).isEqualTo(HEADER.encode());
        assertThat(HEADER.binding().tree().era()).isEqualTo(7);
    }

    @Test
    void a_header_of_a_later_version_is_refused_in_words() {
        var later = HEADER.encode();
        later[9] = 2;

        assertThatThrownBy(() -> PackHeader.parse(later))
                .isInstanceOf(StoreFormatException.class)
                .hasMessageContaining("version 2")
                .hasMessageContaining("newer");
    }

    @Property
    void a_changed_header_is_another_header_or_none(
            @ForAll @IntRange(max = PackHeader.SIZE - 1) int at,
            @ForAll @IntRange(min = 1, max = 255) int change) {
        var bytes = HEADER.encode();
        bytes[at] ^= (byte) change;

        try {
            var parsed = PackHeader.parse(bytes);
            if (parsed.sincePrevious() != GapCause.UNKNOWN) {
                assertThat(parsed.encode()).isEqualTo(bytes);
            }
            assertThat(parsed.binding(bytes).header()).isEqualTo(bytes);
        } catch (StoreFormatException e) {
            assertThat(e).hasMessageNotContaining("null");
        }
    }

    @Test
    void catalogue_entries_are_read_as_they_were_written() {
        var index =
                new PackIndex(
                        new long[] {Wall.micros(NOON), Wall.micros(NOON) + 599_000_000},
                        new long[] {171, 3_000_000_000L},
                        new int[] {0, 8639},
                        new long[] {128, 4_000_000_000L});
        var ended =
                new Ended(
                        HEADER.packId(),
                        Ending.CUT,
                        GapCause.DISK_FULL,
                        15_000,
                        Wall.micros(NOON),
                        Wall.micros(NOON) + 600_000_000,
                        4_100_000_000L,
                        index);
        var gap = new Gap(5, CatalogueEntry.OPEN, GapCause.CAMERA_SILENT);
        var out = new ByteArrayOutputStream();
        for (var entry : List.of(new Begun(HEADER), ended, gap, new Step(1, 2))) {
            out.writeBytes(entry.encode());
        }

        var day = CatalogueDay.empty().with(out.toByteArray());

        assertThat(day.packs())
                .containsEntry(HEADER.packId(), new CatalogueDay.Listed(HEADER, ended));
        assertThat(day.gaps()).containsEntry(5L, gap);
        assertThat(day.steps()).containsExactly(new Step(1, 2));
        assertThat(day.end()).isEqualTo(out.size());
    }

    @Property
    void any_bytes_are_a_catalogue_up_to_some_point_or_refused(
            @ForAll @Size(max = 300) byte[] bytes) {
        var fault = catchThrowable(() -> CatalogueDay.empty().with(bytes));

        assertThat(fault)
                .satisfiesAnyOf(
                        none -> assertThat(none).isNull(),
                        refused -> assertThat(refused).isInstanceOf(StoreFormatException.class));
    }

    @Property
    void any_content_is_an_entry_or_refused(
            @ForAll @IntRange(max = 6) int type, @ForAll @Size(max = 200) byte[] content) {
        var fault = catchThrowable(() -> CatalogueEntry.parse(type, content));

        assertThat(fault)
                .satisfiesAnyOf(
                        none -> assertThat(none).isNull(),
                        refused -> assertThat(refused).isInstanceOf(StoreFormatException.class));
    }

    @Property
    void a_summary_is_read_as_it_was_written_and_any_changed_bit_is_found(
            @ForAll @Size(max = 12) List<@IntRange(max = 1439) Integer> minutes,
            @ForAll @IntRange(max = DaySummary.SIZE * 8 - 1) int bit) {
        var day = LocalDate.parse("2026-03-01");
        var spans =
                minutes.stream()
                        .sorted()
                        .map(m -> Wall.startOf(day) + m * Wall.MINUTE)
                        .map(w -> new Timeline.PackSpan(2, GapCause.CAMERA_OFF, w, w + 1000))
                        .toList();
        var summary = DaySummary.of(day, spans, List.of(), 12_345);
        var bytes = summary.encode();

        assertThat(bytes).hasSize(DaySummary.SIZE);
        assertThat(DaySummary.parse(bytes, 0)).isEqualTo(summary);
        bytes[bit / 8] ^= (byte) (1 << bit % 8);
        assertThatThrownBy(() -> DaySummary.parse(bytes, 0))
                .isInstanceOf(StoreFormatException.class);
    }

    @Test
    void names_say_where_a_pack_lies_and_nothing_else_is_a_name() {
        var name = HEADER.openName();

        assertThat(Layout.OpenName.parse(name.toString())).contains(name);
        assertThat(Layout.track(Layout.name(DOOR))).contains(DOOR);
        for (var wrong :
                List.of(
                        "",
                        "..",
                        "../../etc",
                        name + ".x",
                        name.toString().toUpperCase(Locale.ROOT),
                        name.toString().replace("V0", "V9"),
                        name.toString().replace("2026", "20x6"))) {
            assertThat(Layout.OpenName.parse(wrong)).as(wrong).isEmpty();
        }
    }
}
