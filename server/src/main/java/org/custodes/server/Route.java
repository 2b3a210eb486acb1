package org.custodes.server;

import java.util.Optional;
import org.springframework.http.HttpMethod;

/// One thing that the server answers to: a row of the list in [Routes]. A route that has no row does
/// not exist, for the handlers are made from the rows.
///
/// @param path such as `/api/v1/cameras/{id}`
/// @param who may use it
/// @param says what it does, in one sentence, for the OpenAPI document
/// @param takes what it is told, in the body or in the query
/// @param answers the record it answers with
/// @param list whether it answers with a list of those
/// @param status of its answer when all is well
/// @param quiet whether a request is no sign of life of the person, because screens poll it
/// @param <I> the record of what it is told; [Nothing] if it is told nothing
record Route<I>(
        HttpMethod method,
        String path,
        Who who,
        String says,
        Takes<I> takes,
        Optional<Class<?>> answers,
        boolean list,
        int status,
        boolean quiet,
        Handler<I> handler) {

    /// Does what the route says.
    @FunctionalInterface
    interface Handler<I> {
        Reply handle(Call call, I input);
    }

    /// What a route is told.
    sealed interface Takes<I> {
        Class<I> type();

        record Body<I>(Class<I> type) implements Takes<I> {}

        record Query<I>(Class<I> type) implements Takes<I> {}
    }

    /// What a route is told that needs to be told nothing.
    record Nothing() {}

    static Draft<Nothing> get(String path, Who who) {
        return asks(HttpMethod.GET, path, who);
    }

    static Draft<Nothing> post(String path, Who who) {
        return changes(HttpMethod.POST, path, who);
    }

    static Draft<Nothing> put(String path, Who who) {
        return changes(HttpMethod.PUT, path, who);
    }

    static Draft<Nothing> patch(String path, Who who) {
        return changes(HttpMethod.PATCH, path, who);
    }

    static Draft<Nothing> delete(String path, Who who) {
        return changes(HttpMethod.DELETE, path, who);
    }

    private static Draft<Nothing> asks(HttpMethod method, String path, Who who) {
        return new Draft<>(
                method,
                path,
                who,
                "",
                new Takes.Query<>(Nothing.class),
                Optional.empty(),
                false,
                200,
                false);
    }

    private static Draft<Nothing> changes(HttpMethod method, String path, Who who) {
        return new Draft<>(
                method,
                path,
                who,
                "",
                new Takes.Query<>(Nothing.class),
                Optional.empty(),
                false,
                204,
                false);
    }

    /// A row being written.
    record Draft<I>(
            HttpMethod method,
            String path,
            Who who,
            String says,
            Takes<I> takes,
            Optional<Class<?>> answers,
            boolean list,
            int status,
            boolean quiet) {

        Draft<I> says(String sentence) {
            return new Draft<>(method, path, who, sentence, takes, answers, list, status, quiet);
        }

        <B> Draft<B> takes(Class<B> body) {
            return new Draft<>(
                    method, path, who, says, new Takes.Body<>(body), answers, list, status, quiet);
        }

        <Q> Draft<Q> asks(Class<Q> query) {
            return new Draft<>(
                    method,
                    path,
                    who,
                    says,
                    new Takes.Query<>(query),
                    answers,
                    list,
                    status,
                    quiet);
        }

        Draft<I> answers(Class<?> type) {
            return answers(200, type);
        }

        Draft<I> answers(int code, Class<?> type) {
            return new Draft<>(
                    method, path, who, says, takes, Optional.of(type), false, code, quiet);
        }

        Draft<I> answersItems(Class<?> type) {
            return new Draft<>(method, path, who, says, takes, Optional.of(type), true, 200, quiet);
        }

        /// Asking this is no sign of life.
        Draft<I> polled() {
            return new Draft<>(method, path, who, says, takes, answers, list, status, true);
        }

        Route<I> by(Handler<I> handler) {
            return new Route<>(
                    method, path, who, says, takes, answers, list, status, quiet, handler);
        }

        Route<I> by(java.util.function.Function<Call, Reply> handler) {
            return by((call, _) -> handler.apply(call));
        }
    }
}
