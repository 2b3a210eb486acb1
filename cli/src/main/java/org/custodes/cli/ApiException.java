package org.custodes.cli;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// The server said no. The words are the server's own: what, why, the next step, and what is wrong
/// with each field.
final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// What is wrong with one field of what was sent.
    record Fault(String field, String detail) {}

    private final String next;
    // An exception may be kept longer than it is read; its faults are words alone.
    private final transient List<Fault> faults;

    ApiException(int status, JsonNode problem) {
        super(detail(status, problem));
        this.next = next(status, problem);
        var found = new ArrayList<Fault>();
        for (var fault : problem.path("faults")) {
            found.add(
                    new Fault(
                            fault.path("field").asString(""),
                            Plain.text(fault.path("detail").asString(""))));
        }
        this.faults = List.copyOf(found);
    }

    private static String next(int status, JsonNode problem) {
        if (status == 401) {
            return "Sign in again: custodes login";
        }
        return problem.path("key").asString("").equals("problem.proof-too-old")
                ? "Pair this command line anew, and say it again within two minutes: custodes login"
                : Plain.text(problem.path("next").asString(""));
    }

    /// What a person does about it; empty if the server did not say.
    String next() {
        return next;
    }

    /// What is wrong with what was sent; empty if that was not it.
    List<Fault> faults() {
        return faults;
    }

    private static String detail(int status, JsonNode problem) {
        var text = problem.path("detail").asString(problem.path("title").asString(""));
        return text.isEmpty()
                ? "The server answered with status " + status + "."
                : Plain.text(text);
    }
}
