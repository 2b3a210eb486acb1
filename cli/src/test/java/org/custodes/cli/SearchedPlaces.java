package org.custodes.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.custodes.media.Bytes;

/// All places where a program may have written, looked through for pieces of pictures.
final class SearchedPlaces {
    private final PlainSearch search;
    private final List<Path> folders;
    private final Set<String> searched = new HashSet<>();
    private final Map<String, Set<Bytes>> found = new TreeMap<>();
    private final Set<String> writtenElsewhere = new HashSet<>();

    /// @param folders where it may write
    SearchedPlaces(PlainSearch search, List<Path> folders) {
        this.search = search;
        this.folders = List.copyOf(folders);
    }

    /// What stands where, by the place's name; empty if nothing stands anywhere.
    Map<String, Set<Bytes>> found() {
        return found;
    }

    /// The names of all places that were looked through.
    Set<String> searched() {
        return searched;
    }

    /// Files that were open for writing outside of the folders.
    Set<String> writtenElsewhere() {
        return writtenElsewhere;
    }

    /// Regular files in the folders. The program may still run and change them.
    List<Path> files() throws IOException {
        var files = new ArrayList<Path>();
        var left = new ArrayList<>(folders);
        while (!left.isEmpty()) {
            try (var entries = Files.list(left.removeLast())) {
                for (var entry : entries.toList()) {
                    if (Files.isDirectory(entry)) {
                        left.add(entry);
                    } else if (Files.isRegularFile(entry)) {
                        files.add(entry);
                    }
                }
            } catch (NoSuchFileException e) {
                // It was removed meanwhile, with all that was in it.
            }
        }
        return files;
    }

    /// Looks through the folders.
    void searchFiles() throws IOException {
        for (var file : files()) {
            search(file.toString(), file);
        }
    }

    /// Looks through what has lost its name and is still open, and notes what is written elsewhere.
    void searchOpenFiles(ProcessHandle program) throws IOException {
        for (var file : OpenFiles.of(program)) {
            if (file.deleted()) {
                search(file.name(), file.link());
            } else if (file.written() && folders.stream().noneMatch(file::isIn)) {
                writtenElsewhere.add(file.name());
            }
        }
    }

    /// Looks through what it said.
    void searchLines(String name, List<String> lines) throws IOException {
        var bytes = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
        note(name, search.foundIn(new ByteArrayInputStream(bytes)));
    }

    private void search(String name, Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            note(name, search.foundIn(in));
        } catch (NoSuchFileException e) {
            // Temporary files come and go: what stands in those that stay is what counts.
        }
    }

    private void note(String name, Set<Bytes> windows) {
        searched.add(name);
        if (!windows.isEmpty()) {
            found.put(name, windows);
        }
    }
}
