package org.custodes.server;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.custodes.server.Client.Answer;
import org.custodes.server.Samples.Asked;
import org.custodes.server.Samples.Whose;

/// Every route of a running server, asked by every caller for what is theirs, what is somebody else's
/// and what is not there; the answers held against the list of routes and roles. What does not agree
/// is a complaint.
final class Matrix {
    private final HttpServer server;
    private final RouteTable table;
    private final Samples samples;
    private final List<String> complaints = new ArrayList<>();
    private int cells;

    Matrix(HttpServer server, RouteTable table, Samples samples) {
        this.server = server;
        this.table = table;
        this.samples = samples;
    }

    /// What does not agree, if these ask.
    List<String> complaints(List<Caller> callers) {
        for (var route : server.context().getBean(RouteList.class).routes()) {
            var row = table.rowOf(route);
            if (row.isEmpty()) {
                complain(route, "has no row in the list of routes and roles");
            } else if (route.path().contains("{") && samples.of(route).isEmpty()) {
                complain(route, "has no sample of what is one's own, foreign and absent");
            } else {
                callers.forEach(caller -> judge(route, row.get(), caller.at(server)));
            }
        }
        return List.copyOf(complaints);
    }

    int cells() {
        return cells;
    }

    private void judge(Route<?> route, RouteTable.Row row, Caller caller) {
        var answers = answers(route, caller);
        cells += answers.size();
        answers.forEach((whose, answer) -> {
            if (answer.status() >= 500) {
                complain(route, "as %s, %s, broke: %s".formatted(caller.name(), whose, answer));
            }
        });
        if (row.signedOut() || (caller.signedIn() && row.may(caller.role()))) {
            mayUse(route, row, caller, answers);
        } else {
            mayNot(route, caller, answers);
        }
    }

    private Map<Whose, Answer> answers(Route<?> route, Caller caller) {
        var answers = new EnumMap<Whose, Answer>(Whose.class);
        var sample = samples.of(route);
        if (sample.isEmpty()) {
            // A question that no route takes: whoever is let through is told so, and nothing
            // happens.
            answers.put(
                    Whose.OWN,
                    route.takes() instanceof Route.Takes.Query<?>
                                    && route.method().name().equals("GET")
                            ? caller.client().get(route.path())
                            : caller.client()
                                    .send(
                                            route.method().name(),
                                            route.path() + "?x=1",
                                            "{\"x\":1}"));
            return answers;
        }
        for (var whose : Whose.values()) {
            answers.put(whose, send(route, caller, sample.get().of(caller, whose)));
        }
        return answers;
    }

    private Answer send(Route<?> route, Caller caller, Asked asked) {
        var client = asked.by().orElse(caller.client());
        return client.at(server.address()).send(route.method().name(), asked.path(), asked.body());
    }

    private void mayNot(Route<?> route, Caller caller, Map<Whose, Answer> answers) {
        var status = caller.signedIn() ? 403 : 401;
        var key = caller.signedIn() ? "problem.right-missing" : "problem.not-signed-in";
        answers.forEach((whose, answer) -> {
            if (answer.status() != status || !answer.key().equals(key)) {
                complain(
                        route,
                        "as %s, %s, is not %s: %s".formatted(caller.name(), whose, key, answer));
            }
        });
        alike(route, caller, answers, Whose.OWN, Whose.FOREIGN);
        alike(route, caller, answers, Whose.OWN, Whose.ABSENT);
    }

    private void mayUse(
            Route<?> route, RouteTable.Row row, Caller caller, Map<Whose, Answer> answers) {
        answers.forEach((whose, answer) -> {
            var bare = row.signedOut() ? List.of(403) : List.of(401, 403);
            if (bare.contains(answer.status())) {
                complain(
                        route, "as %s, %s, is refused: %s".formatted(caller.name(), whose, answer));
            }
        });
        if (answers.size() == 1) {
            return;
        }
        alike(route, caller, answers, Whose.FOREIGN, Whose.ABSENT);
        var own = Objects.requireNonNull(answers.get(Whose.OWN));
        if (own.status() >= 300) {
            complain(
                    route, "as %s is not done on what is theirs: %s".formatted(caller.name(), own));
        }
        var absent = Objects.requireNonNull(answers.get(Whose.ABSENT));
        if (absent.status() != 404 && absent.status() != 410) {
            complain(
                    route,
                    "as %s is done on what is not there: %s".formatted(caller.name(), absent));
        }
    }

    /// To the byte, but for the moment at which it was said.
    private void alike(
            Route<?> route, Caller caller, Map<Whose, Answer> answers, Whose one, Whose other) {
        var first = answers.get(one);
        var second = answers.get(other);
        if (first != null && second != null && !said(first).equals(said(second))) {
            complain(
                    route,
                    "as %s tells %s from %s: %s, and %s"
                            .formatted(caller.name(), one, other, first, second));
        }
    }

    private static List<Object> said(Answer answer) {
        var headers = new TreeMap<>(answer.whole().headers().map());
        headers.remove("date");
        return List.of(answer.status(), headers, answer.text());
    }

    private void complain(Route<?> route, String what) {
        complaints.add(RouteTable.nameOf(route) + " " + what);
    }
}
