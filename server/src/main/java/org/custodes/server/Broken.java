package org.custodes.server;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/// The last resort: what breaks outside a route (a console file, an answer being written) is logged
/// here and told without a word about it.
final class Broken {
    private static final Logger LOG = LoggerFactory.getLogger(Broken.class);

    private Broken() {}

    static HandlerExceptionResolver resolver(Writing writing) {
        return (request, response, handler, fault) -> {
            try {
                if (fault instanceof IOException) {
                    // The other side hung up in the middle of an answer: nothing of ours broke.
                    return new ModelAndView();
                }
                LOG.error("Answering {} broke", request.getMethod(), fault);
                if (!response.isCommitted()) {
                    response.reset();
                    writing.problem(Problem.fault(), response);
                }
            } catch (IOException gone) {
                LOG.debug("Nobody was left to be told", gone);
            }
            return new ModelAndView();
        };
    }
}
