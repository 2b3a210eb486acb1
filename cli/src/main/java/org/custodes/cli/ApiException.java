package org.custodes.cli;

import tools.jackson.databind.JsonNode;

/// The server said no. The message is the server's own: what, why, the next step, and what is wrong
/// with each field.
final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ApiException(int status, JsonNode problem) {
        super(words(status, problem));
    }

    private static String words(int status, JsonNode problem) {
        var text =
                new StringBuilder(
                        problem.path("detail").asString(problem.path("title").asString()));
        if (text.isEmpty()) {
            text.append("The server answered with status ").append(status).append('.');
        }
        for (var fault : problem.path("faults")) {
            text.append("\n  ")
                    .append(fault.path("field").asString())
                    .append(": ")
                    .append(fault.path("detail").asString());
        }
        var next = problem.path("next").asString();
        if (!next.isEmpty()) {
            text.append("\n").append(next);
        }
        return text.toString();
    }
}
