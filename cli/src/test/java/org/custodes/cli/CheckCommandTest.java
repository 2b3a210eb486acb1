package org.custodes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.custodes.signals.Signals;
import org.custodes.store.Store;
import org.custodes.store.StoreSettings;
import org.custodes.vault.KeyName;
import org.custodes.vault.RootKey;
import org.custodes.vault.Vault;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `custodes check` on a key store of which a byte went bad.
class CheckCommandTest {
    private static final KeyName KEY = new KeyName("tests", "one");
    private static final byte[] NOTHING = {};

    @TempDir Path place;

    private Path data;
    private byte[] sealed;

    @BeforeEach
    void record() {
        data = place.resolve("data");
        DataFolder.open(data, false).close();
        try (var vault = vault(data.resolve("keys"), place.resolve("copy"))) {
            sealed = vault.box(KEY).seal(new byte[] {1}, NOTHING);
            var settings = StoreSettings.of(List.of(data.resolve("media")), vault.installation());
            Store.open(settings, new Signals(), InstantSource.system()).close();
        }
    }

    @Test
    void a_page_that_went_bad_is_told_and_mended_from_the_other_copy() throws IOException {
        assertThat(check("--key-copy", place.resolve("copy").toString()))
                .containsExactly(
                        "0", "0 packs, 0 records, 0 of them opened, 0.0 MB: everything holds.");
        for (var page : pages(data.resolve("keys"))) {
            flip(page);
        }

        assertThat(check("--key-copy", place.resolve("copy").toString()))
                .contains("0", "  mended")
                .anyMatch(line ->
                        line.startsWith(data.resolve("keys") + ": ")
                                && line.contains("damaged and are written anew"));

        assertThat(check("--key-copy", place.resolve("copy").toString())).hasSize(2);
        try (var vault = vault(data.resolve("keys"))) {
            assertThat(vault.box(KEY).open(sealed, NOTHING)).containsExactly(1);
        }
    }

    @Test
    void a_page_of_the_only_copy_that_went_bad_is_told_with_what_to_do() throws IOException {
        var told = new ArrayList<List<String>>();
        for (var page : pages(data.resolve("keys"))) {
            flip(page);
            told.add(check());
            flip(page);
        }

        // One of the two pages is the index, without which nothing opens at all.
        assertThat(told).hasSize(2).allMatch(lines -> lines.getFirst().equals("1"));
        assertThat(told)
                .anyMatch(lines ->
                        lines.stream().anyMatch(line -> line.contains("index of the key store")));
        assertThat(told)
                .anyMatch(lines ->
                        lines.stream().anyMatch(line -> line.contains("does not open"))
                                && lines.stream().anyMatch(line -> line.contains("Restore"))
                                && lines.getLast().endsWith("something is wrong."));
    }

    private Vault vault(Path... places) {
        return Vault.open(
                List.of(places), RootKey.file(place.resolve("root.key")), new SecureRandom());
    }

    private static List<Path> pages(Path keys) throws IOException {
        try (var pages = Files.list(keys.resolve("pages"))) {
            return pages.toList();
        }
    }

    private static void flip(Path file) throws IOException {
        var bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);
    }

    /// The code that it ended with, and the lines that it said.
    private List<String> check(String... more) {
        var said = new StringWriter();
        var out = new PrintWriter(said, true);
        var words =
                Stream.concat(
                        Stream.of(
                                "check",
                                "--data",
                                data.toString(),
                                "--root-key",
                                place.resolve("root.key").toString()),
                        Stream.of(more));
        var around =
                new Surroundings(
                        new Folders(Map.of(), place, false),
                        InputStream.nullInputStream(),
                        ZoneOffset.UTC);
        var code = Main.run(around, out, out, words.toArray(String[]::new));
        return Stream.concat(Stream.of(Integer.toString(code)), said.toString().lines()).toList();
    }
}
