package org.custodes.cli;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// The peer's timeline: SQLite with one row per 10 s segment, kept in order of camera and time, and an
/// hourly sum per camera. Python keeps it open; nothing but the queries is timed.
final class SegmentTable {
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final String PROGRAM =
            """
            import json, os, random, sqlite3, sys, time

            path = sys.argv[1]
            cameras, days, start, calls = map(int, sys.argv[2:])
            rows = days * 8640

            if not os.path.exists(path):
                db = sqlite3.connect(path + ".new")
                db.execute("PRAGMA journal_mode = OFF")
                db.execute("CREATE TABLE r(cam INTEGER, st INTEGER, en INTEGER, path TEXT,"
                           " PRIMARY KEY(cam, st)) WITHOUT ROWID")
                for cam in range(cameras):
                    db.execute(
                        "WITH RECURSIVE s(st) AS (SELECT ?1 UNION ALL SELECT st + 10 FROM s"
                        " WHERE st + 10 < ?1 + 10 * ?2)"
                        " INSERT INTO r SELECT ?3, st, st + 10, 'camera-' || ?3 || '/' ||"
                        " strftime('%Y%m%d%H%M%S', st, 'unixepoch') || '.mp4'"
                        " FROM s WHERE abs(random() % 100) > 0", (start, rows, cam))
                    for gap in range(20 * days // 30):
                        first = start + random.randrange(days * 86400)
                        db.execute("DELETE FROM r WHERE cam = ? AND st BETWEEN ? AND ?",
                                   (cam, first, first + random.randrange(3600, 21600)))
                    db.commit()
                db.close()
                os.rename(path + ".new", path)

            db = sqlite3.connect(path)

            def ask(cams):
                begun = time.perf_counter()
                for cam in cams:
                    db.execute("SELECT st/3600, sum(en-st) FROM r WHERE cam=? GROUP BY 1",
                               (cam,)).fetchall()
                return (time.perf_counter() - begun) * 1000

            ask(range(cameras))
            print(json.dumps({
                "all": [ask(range(cameras)) for call in range(calls)],
                "one": [ask([call % cameras]) for call in range(calls * 10)]}), flush=True)
            """;

    private final Archive archive;

    SegmentTable(Archive archive) {
        this.archive = archive;
    }

    /// Makes the table if it does not lie beside the archive yet, and asks it.
    ///
    /// @param calls for all cameras; ten times as many for one
    TimelineBench.Times ask(int calls) {
        var shape = archive.shape();
        var start =
                archive.lastDay()
                        .minusDays(shape.days() - 1L)
                        .atStartOfDay()
                        .toEpochSecond(ZoneOffset.UTC);
        try (var python =
                ChildProgram.foreign(
                        Processors.RECORDERS,
                        List.of(
                                "python3",
                                "-c",
                                PROGRAM,
                                archive.folder().resolve("segments.sqlite").toString(),
                                Integer.toString(shape.cameras()),
                                Integer.toString(shape.days()),
                                Long.toString(start),
                                Integer.toString(calls)))) {
            var answer =
                    ApiClient.JSON.readTree(
                            python.awaitLine(PATIENCE, line -> line.startsWith("{")));
            return new TimelineBench.Times(times(answer.path("all")), times(answer.path("one")));
        }
    }

    private static List<Double> times(JsonNode values) {
        var times = new ArrayList<Double>();
        values.forEach(value -> times.add(value.asDouble()));
        return times;
    }
}
