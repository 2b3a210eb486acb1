package org.custodes.server;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The OpenAPI 3.1 document, made from the rows of [Routes] and the records that they name. Nothing in
/// it is written twice, so nothing can differ.
final class OpenApi {
    private static final Pattern VARIABLE = Pattern.compile("\\{([a-z]+)}");
    private static final String PROBLEM = "#/components/schemas/Problem";

    private final String version;

    OpenApi(String version) {
        this.version = version;
    }

    /// The document, as Jackson writes it.
    Map<String, Object> of(List<Route<?>> routes) {
        var paths = new TreeMap<String, Map<String, Object>>();
        var schemas = new TreeMap<String, Object>();
        schema(Problem.class, schemas);
        for (var route : routes) {
            paths.computeIfAbsent(route.path(), _ -> new LinkedHashMap<>())
                    .put(
                            route.method().name().toLowerCase(java.util.Locale.ROOT),
                            operation(route, schemas));
        }
        return map(
                "openapi",
                "3.1.0",
                "info",
                Map.of("title", "Custodes", "version", version),
                "paths",
                paths,
                "components",
                map(
                        "schemas",
                        schemas,
                        "securitySchemes",
                        map(
                                "browser",
                                        map(
                                                "type", "apiKey",
                                                "in", "cookie",
                                                "name", SessionFilter.COOKIE),
                                "commandLine", map("type", "http", "scheme", "bearer"))));
    }

    private static Map<String, Object> operation(Route<?> route, Map<String, Object> schemas) {
        var operation = new LinkedHashMap<String, Object>();
        operation.put("summary", route.says());
        switch (route.who()) {
            case Who.Anybody _ -> operation.put("security", List.of());
            case Who.Having(var right) -> {
                operation.put("x-right", right.code());
                operation.put(
                        "security",
                        List.of(Map.of("browser", List.of()), Map.of("commandLine", List.of())));
            }
        }
        var parameters = new java.util.ArrayList<Object>();
        VARIABLE.matcher(route.path())
                .results()
                .map(found -> found.group(1))
                .forEach(name ->
                        parameters.add(
                                map(
                                        "name",
                                        name,
                                        "in",
                                        "path",
                                        "required",
                                        true,
                                        "schema",
                                        Map.of("type", "string"))));
        switch (route.takes()) {
            case Route.Takes.Query<?>(var type) -> {
                for (var component : type.getRecordComponents()) {
                    parameters.add(
                            map(
                                    "name", component.getName(),
                                    "in", "query",
                                    "required", required(component),
                                    "schema", schema(component, schemas)));
                }
            }
            case Route.Takes.Body<?>(var type) ->
                    operation.put(
                            "requestBody",
                            map(
                                    "required",
                                    true,
                                    "content",
                                    content("application/json", schema(type, schemas))));
        }
        if (!parameters.isEmpty()) {
            operation.put("parameters", parameters);
        }
        operation.put(
                "responses",
                map(
                        Integer.toString(route.status()),
                        answer(route, schemas),
                        "default",
                        map(
                                "description",
                                "It was not done, and why.",
                                "content",
                                content(Problem.MEDIA_TYPE, Map.of("$ref", PROBLEM)))));
        return operation;
    }

    private static Map<String, Object> answer(Route<?> route, Map<String, Object> schemas) {
        var answer = map("description", "It was done.");
        route.answers()
                .ifPresent(type ->
                        answer.put(
                                "content",
                                content(
                                        "application/json",
                                        route.list()
                                                ? items(schema(type, schemas))
                                                : schema(type, schemas))));
        return answer;
    }

    private static Map<String, Object> items(Map<String, Object> item) {
        return map(
                "type", "object",
                "required", List.of("items", "more"),
                "properties",
                        map(
                                "items", map("type", "array", "items", item),
                                "more", Map.of("type", "boolean")));
    }

    private static Map<String, Object> content(String type, Map<String, Object> schema) {
        return map(type, map("schema", schema));
    }

    private static boolean required(RecordComponent component) {
        return component.getType() != Optional.class;
    }

    private static Map<String, Object> schema(
            RecordComponent component, Map<String, Object> schemas) {
        var schema = schema(component.getGenericType(), schemas);
        @Nullable Bounds bounds = component.getAnnotation(Bounds.class);
        if (bounds != null) {
            switch (String.valueOf(schema.get("type"))) {
                case "string" -> {
                    schema.put("minLength", bounds.min());
                    schema.put("maxLength", bounds.max());
                }
                case "array" -> {
                    schema.put("minItems", bounds.min());
                    schema.put("maxItems", bounds.max());
                }
                default -> {
                    schema.put("minimum", bounds.min());
                    schema.put("maximum", bounds.max());
                }
            }
        }
        return schema;
    }

    private static Map<String, Object> schema(Type type, Map<String, Object> schemas) {
        if (type instanceof ParameterizedType generic) {
            var argument = generic.getActualTypeArguments()[0];
            if (generic.getRawType() == Optional.class) {
                return schema(argument, schemas);
            }
            if (generic.getRawType() instanceof Class<?> raw
                    && Collection.class.isAssignableFrom(raw)) {
                return map("type", "array", "items", element(argument, schemas));
            }
            // A map from words to words.
            return map("type", "object", "additionalProperties", map("type", "string"));
        }
        return schema((Class<?>) type, schemas);
    }

    /// In a list, an absent value is null.
    private static Map<String, Object> element(Type type, Map<String, Object> schemas) {
        var schema = schema(type, schemas);
        return type instanceof ParameterizedType generic && generic.getRawType() == Optional.class
                ? map("anyOf", List.of(schema, Map.of("type", "null")))
                : schema;
    }

    private static Map<String, Object> schema(Class<?> type, Map<String, Object> schemas) {
        if (type == String.class) {
            return map("type", "string");
        } else if (type == boolean.class || type == Boolean.class) {
            return map("type", "boolean");
        } else if (type == int.class || type == Integer.class) {
            return map("type", "integer", "format", "int32");
        } else if (type == long.class || type == Long.class) {
            return map("type", "integer", "format", "int64");
        } else if (type == double.class || type == Double.class) {
            return map("type", "number");
        } else if (type == UUID.class) {
            return map("type", "string", "format", "uuid");
        } else if (type == Instant.class) {
            return map("type", "string", "format", "date-time");
        } else if (type.isEnum()) {
            return map("type", "string", "enum", words(type));
        } else if (type == CameraChoice.class) {
            return map(
                    "oneOf",
                    List.of(
                            Map.of("const", CameraChoice.ALL),
                            ids(),
                            map(
                                    "type",
                                    "object",
                                    "required",
                                    List.of(CameraChoice.In.GROUPS),
                                    "properties",
                                    map(CameraChoice.In.GROUPS, ids()))));
        } else if (type.isRecord()) {
            return record(type, schemas);
        }
        throw new IllegalStateException("The API document does not know how to tell a " + type);
    }

    private static Map<String, Object> ids() {
        return map("type", "array", "items", map("type", "string", "format", "uuid"));
    }

    private static List<String> words(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> Json.word((Enum<?>) constant))
                .toList();
    }

    private static Map<String, Object> record(Class<?> type, Map<String, Object> schemas) {
        var name = type.getSimpleName().replaceFirst("View$", "");
        if (!schemas.containsKey(name)) {
            // Known by name first: a record may hold itself.
            schemas.put(name, Map.of());
            var properties = new LinkedHashMap<String, Object>();
            for (var component : type.getRecordComponents()) {
                properties.put(component.getName(), schema(component, schemas));
            }
            schemas.put(
                    name,
                    map(
                            "type",
                            "object",
                            "required",
                            Arrays.stream(type.getRecordComponents())
                                    .filter(OpenApi::required)
                                    .map(RecordComponent::getName)
                                    .toList(),
                            "properties",
                            properties));
        }
        return map("$ref", "#/components/schemas/" + name);
    }

    /// Pairs in this order.
    private static Map<String, Object> map(Object... pairs) {
        var map = new LinkedHashMap<String, Object>();
        for (var i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }
}
