package org.custodes.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.custodes.media.Bytes;
import org.springframework.http.HttpMethod;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/// The console: what the module `console` put on the class path under `console/`. The page is the same
/// at every address of the app; what it shows there is its own business.
///
/// Files under `assets/` carry a hash in their name and may be kept for ever; the page may not be kept
/// at all, so that a new version shows at the next load.
final class ConsoleFiles {
    private static final String FOLDER = "console/";
    private static final String PAGE = "index.html";

    /// A file's path: no step up, nothing hidden, nothing to decode. Ids reach the file layer, names
    /// of strangers never do.
    private static final Pattern FILE =
            Pattern.compile("([A-Za-z0-9_-]+/){0,4}[A-Za-z0-9_-][A-Za-z0-9_.-]{0,120}");

    /// The addresses of the app, as the console's router knows them.
    private static final Pattern APP =
            Pattern.compile(
                    "/|/index\\.html|/(sign-in|enrol|watch|playback|cameras|people|audit|system)"
                            + "|/(pair|cameras)/[A-Za-z0-9-]{1,64}");

    private static final Map<String, String> TYPES =
            Map.ofEntries(
                    Map.entry("html", "text/html;charset=utf-8"),
                    Map.entry("js", "text/javascript;charset=utf-8"),
                    Map.entry("css", "text/css;charset=utf-8"),
                    Map.entry("svg", "image/svg+xml"),
                    Map.entry("png", "image/png"),
                    Map.entry("ico", "image/x-icon"),
                    Map.entry("woff2", "font/woff2"),
                    Map.entry("json", "application/json"),
                    Map.entry("webmanifest", "application/manifest+json"),
                    Map.entry("md", "text/plain;charset=utf-8"),
                    Map.entry("txt", "text/plain;charset=utf-8"));

    /// Pictures and fonts are packed already.
    private static final List<String> PACKED = List.of("png", "ico", "woff2");

    private record File(String type, Bytes bytes, Optional<Bytes> gzipped) {}

    private final ClassLoader loader;

    /// What was asked for once. Only files that are there get in, so strangers cannot fill it.
    private final ConcurrentMap<String, File> kept = new ConcurrentHashMap<>();

    ConsoleFiles(ClassLoader loader) {
        this.loader = loader;
    }

    /// Answers every GET and HEAD that nothing before it took.
    RouterFunction<ServerResponse> handlers() {
        return RouterFunctions.route()
                .route(RequestPredicates.methods(HttpMethod.GET, HttpMethod.HEAD), this::handle)
                .build();
    }

    private ServerResponse handle(ServerRequest request) {
        var path = request.servletRequest().getRequestURI();
        if (APP.matcher(path).matches()) {
            return page(request, 200);
        }
        var name = path.substring(1);
        var file = FILE.matcher(name).matches() ? file(name) : Optional.<File>empty();
        if (file.isEmpty()) {
            return name.startsWith("assets/") ? missing() : page(request, 404);
        }
        return answer(
                request,
                file.get(),
                200,
                name.startsWith("assets/") ? "public, max-age=31536000, immutable" : "no-cache");
    }

    private ServerResponse page(ServerRequest request, int status) {
        return file(PAGE)
                .map(page -> answer(request, page, status, "no-store"))
                .orElseGet(ConsoleFiles::missing);
    }

    private static ServerResponse missing() {
        return Writing.bytes(
                404,
                "There is no such file here.\n".getBytes(StandardCharsets.UTF_8),
                "text/plain;charset=utf-8",
                "no-store",
                Map.of());
    }

    private static ServerResponse answer(
            ServerRequest request, File file, int status, String caching) {
        var headers = new LinkedHashMap<String, String>();
        var bytes = file.bytes();
        if (file.gzipped().isPresent()) {
            headers.put("Vary", "Accept-Encoding");
            if (request.headers().header("Accept-Encoding").stream()
                    .anyMatch(encodings -> encodings.contains("gzip"))) {
                headers.put("Content-Encoding", "gzip");
                bytes = file.gzipped().get();
            }
        }
        return Writing.bytes(status, bytes.array(), file.type(), caching, headers);
    }

    private Optional<File> file(String name) {
        var known = kept.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        var ending = name.substring(name.lastIndexOf('.') + 1);
        var type = TYPES.get(ending);
        if (type == null) {
            return Optional.empty();
        }
        try (var in = loader.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                return Optional.empty();
            }
            var bytes = in.readAllBytes();
            var file =
                    new File(
                            type,
                            Bytes.of(bytes),
                            PACKED.contains(ending)
                                    ? Optional.empty()
                                    : Optional.of(Bytes.of(gzipped(bytes))));
            kept.put(name, file);
            return Optional.of(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(
                    "The console's file %s cannot be read from the class path".formatted(name),
                    unreadable);
        }
    }

    private static byte[] gzipped(byte[] bytes) throws IOException {
        var out = new ByteArrayOutputStream(bytes.length / 2);
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }
}
