package org.custodes.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;

/// What is told when a request is refused before it reaches Spring: the status and no more. Tomcat's
/// own page would tell its version and, at times, a stack.
public final class PlainErrors extends ErrorReportValve {

    /// Tomcat makes one by its class's name, for hosts that have none.
    public PlainErrors() {
        setShowReport(false);
        setShowServerInfo(false);
    }

    @Override
    protected void report(Request request, Response response, Throwable thrown) {
        if (response.getStatus() < 400
                || response.getContentWritten() > 0
                || !response.setErrorReported()) {
            return;
        }
        var ours = response.getStatus() >= 500;
        var problem =
                """
                {"type":"about:blank","status":%d,"detail":"%s","key":"problem.%s"}\
                """
                        .formatted(
                                response.getStatus(),
                                ours
                                        ? "Something broke on our side; it is in the server's log."
                                        : "The request could not be read.",
                                ours ? "fault" : "malformed-request");
        try {
            response.setContentType(Problem.MEDIA_TYPE);
            response.setHeader("Cache-Control", "no-store");
            response.getOutputStream().write(problem.getBytes(StandardCharsets.UTF_8));
            response.finishResponse();
        } catch (IOException | IllegalStateException gone) {
            // The other side hung up, or an answer was under way: there is nobody to tell.
        }
    }
}
