package org.custodes.server;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.UUID;
import org.custodes.register.Fault;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Reads a body or a query into its record and tells everything that is wrong at once.
///
/// What a form means is checked by the room that it goes to. Here it gets its shape: every
/// component there unless it is an `Optional`, of the right type, within its [Bounds], and nothing
/// else. Jackson's own binding stops at the first fault.
///
/// @param <T> the record
final class Form<T> {
    /// A text without [Bounds]: the room that it goes to has the tighter bound and the better words.
    private static final long LONGEST_TEXT = 16_384;

    private static final long LONGEST_LIST = 1_000;

    private final Class<T> record;

    Form(Class<T> record) {
        if (!record.isRecord()) {
            throw new IllegalArgumentException("A form is a record, but got " + record);
        }
        this.record = record;
    }

    /// Reads a JSON body.
    Result<T> read(JsonNode body) {
        if (!(body instanceof ObjectNode object)) {
            return new Result.Faulty<>(
                    List.of(fault("", "form.not-object", "The body is a JSON object.", Map.of())));
        }
        return read(object, false);
    }

    /// Reads a query string's parameters.
    Result<T> read(Map<String, String[]> parameters) {
        var object = JsonNodeFactory.instance.objectNode();
        var lists = new HashSet<String>();
        for (var component : record.getRecordComponents()) {
            if (component.getType() == List.class) {
                lists.add(component.getName());
            }
        }
        var faults = new ArrayList<Fault>();
        parameters.forEach((name, values) -> {
            if (lists.contains(name)) {
                var array = object.putArray(name);
                Arrays.stream(values).forEach(array::add);
            } else if (values.length == 1) {
                object.put(name, values[0]);
            } else {
                faults.add(fault(shown(name), "form.repeated", "It is given once.", Map.of()));
            }
        });
        return faults.isEmpty() ? read(object, true) : new Result.Faulty<>(faults);
    }

    /// What came of reading.
    sealed interface Result<T> {
        record Fits<T>(T value) implements Result<T> {}

        record Faulty<T>(List<Fault> faults) implements Result<T> {
            public Faulty {
                faults = List.copyOf(faults);
            }
        }
    }

    private Result<T> read(ObjectNode object, boolean query) {
        var reading = new Reading(query);
        var components = record.getRecordComponents();
        var values = new @Nullable Object[components.length];
        for (var i = 0; i < components.length; i++) {
            values[i] = reading.component(components[i], object.get(components[i].getName()));
        }
        var known = Arrays.stream(components).map(RecordComponent::getName).toList();
        for (var name : object.propertyNames()) {
            if (!known.contains(name)) {
                reading.fault(
                        shown(name), "form.unknown", "This field is not known here.", Map.of());
            }
        }
        return reading.faults.isEmpty()
                ? new Result.Fits<>(construct(components, values))
                : new Result.Faulty<>(reading.faults);
    }

    private T construct(RecordComponent[] components, @Nullable Object[] values) {
        try {
            var types =
                    Arrays.stream(components)
                            .map(RecordComponent::getType)
                            .toArray(Class<?>[]::new);
            var constructor = record.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(
                    "The form %s cannot be made".formatted(record.getSimpleName()), impossible);
        }
    }

    private static Fault fault(
            String field, String key, String detail, Map<String, String> values) {
        return new Fault(field, key, detail, values);
    }

    /// A field name that a stranger made up, short and harmless.
    private static String shown(String name) {
        var kept = name.codePoints().limit(40).map(c -> Character.isLetterOrDigit(c) ? c : '?');
        return kept.collect(
                        StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /// One reading: collects the faults. A component that has one reads as null, and nobody sees it.
    private static final class Reading {
        private final List<Fault> faults = new ArrayList<>();
        private final boolean query;

        Reading(boolean query) {
            this.query = query;
        }

        @Nullable Object component(RecordComponent component, @Nullable JsonNode node) {
            var name = component.getName();
            var bounds = component.getAnnotation(Bounds.class);
            var optional = component.getType() == Optional.class;
            if (node == null || node.isNull() || (optional && leftEmpty(node))) {
                return optional ? Optional.empty() : absent(component);
            }
            if (optional) {
                return Optional.ofNullable(
                        value(name, argument(component.getGenericType()), node, bounds));
            }
            return value(name, component.getGenericType(), node, bounds);
        }

        /// A search form sends the fields that were left empty, too.
        private boolean leftEmpty(JsonNode node) {
            return query && node.isString() && node.stringValue().isEmpty();
        }

        private @Nullable Object absent(RecordComponent component) {
            fault(component.getName(), "form.required", "It is missing.", Map.of());
            return null;
        }

        private @Nullable Object value(
                String name, Type type, JsonNode node, @Nullable Bounds bounds) {
            if (type == String.class) {
                return text(name, node, bounds);
            } else if (type == int.class || type == Integer.class) {
                var number = number(name, node, bounds, Integer.MAX_VALUE);
                return number == null ? null : Math.toIntExact(number);
            } else if (type == long.class || type == Long.class) {
                return number(name, node, bounds, Long.MAX_VALUE);
            } else if (type == double.class) {
                return real(name, node);
            } else if (type == boolean.class || type == Boolean.class) {
                return yesOrNo(name, node);
            } else if (type instanceof Class<?> words && words.isEnum()) {
                return word(name, words, node);
            } else if (type == UUID.class) {
                return id(name, node);
            } else if (type == Instant.class) {
                return instant(name, node);
            } else if (type == CameraChoice.class) {
                return choice(name, node, bounds);
            } else if (type instanceof Class<?> part && part.isRecord()) {
                return part(name, part, node);
            } else if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
                return list(name, argument(list), node, bounds);
            } else if (type instanceof ParameterizedType maybe
                    && maybe.getRawType() == Optional.class) {
                return node.isNull()
                        ? Optional.empty()
                        : Optional.ofNullable(value(name, argument(maybe), node, bounds));
            }
            throw new IllegalStateException("A form does not know how to read a " + type);
        }

        private @Nullable String text(String name, JsonNode node, @Nullable Bounds bounds) {
            if (!node.isString()) {
                wrong(name, "text");
                return null;
            }
            var text = node.stringValue();
            var most = bounds == null ? LONGEST_TEXT : bounds.max();
            var length = text.codePointCount(0, text.length());
            if (length > most) {
                fault(
                        name,
                        "form.too-long",
                        "It has %d characters; at most %d are allowed.".formatted(length, most),
                        Map.of("length", Long.toString(length), "most", Long.toString(most)));
                return null;
            }
            if (bounds != null && length < bounds.min()) {
                fault(
                        name,
                        "form.too-short",
                        "It has %d characters; at least %d are needed."
                                .formatted(length, bounds.min()),
                        Map.of("length", Long.toString(length), "least", "" + bounds.min()));
                return null;
            }
            if (text.codePoints().anyMatch(Reading::neverText)) {
                fault(name, "form.characters", "It holds control characters.", Map.of());
                return null;
            }
            return text;
        }

        private static boolean neverText(int point) {
            var kind = Character.getType(point);
            return kind == Character.CONTROL || kind == Character.SURROGATE;
        }

        private @Nullable Long number(
                String name, JsonNode node, @Nullable Bounds bounds, long largest) {
            var least = bounds == null ? 0 : bounds.min();
            var most = bounds == null ? largest : bounds.max();
            Long number = null;
            if (node.isIntegralNumber() && node.canConvertToLong()) {
                number = node.longValue();
            } else if (query && node.isString() && node.stringValue().matches("-?[0-9]{1,18}")) {
                number = Long.valueOf(node.stringValue());
            } else if (!node.isIntegralNumber()) {
                wrong(name, "whole number");
                return null;
            }
            if (number == null || number < least || number > most) {
                fault(
                        name,
                        "form.out-of-range",
                        "It is from %d to %d.".formatted(least, most),
                        Map.of("least", Long.toString(least), "most", Long.toString(most)));
                return null;
            }
            return number;
        }

        private @Nullable Double real(String name, JsonNode node) {
            if (!node.isNumber()) {
                wrong(name, "number");
                return null;
            }
            return node.doubleValue();
        }

        private @Nullable Boolean yesOrNo(String name, JsonNode node) {
            if (!node.isBoolean()) {
                wrong(name, "true or false");
                return null;
            }
            return node.booleanValue();
        }

        private @Nullable Object word(String name, Class<?> words, JsonNode node) {
            var known = new StringJoiner(", ");
            for (var constant : words.getEnumConstants()) {
                var word = Json.word((Enum<?>) constant);
                if (node.isString() && node.stringValue().equals(word)) {
                    return constant;
                }
                known.add(word);
            }
            fault(
                    name,
                    "form.unknown-word",
                    "It must be one of: %s.".formatted(known),
                    Map.of("known", known.toString()));
            return null;
        }

        private @Nullable UUID id(String name, JsonNode node) {
            var id = node.isString() ? Ids.parse(node.stringValue()) : Optional.<UUID>empty();
            if (id.isEmpty()) {
                wrong(name, "id (a UUID)");
            }
            return id.orElse(null);
        }

        private @Nullable Instant instant(String name, JsonNode node) {
            try {
                if (node.isString() && node.stringValue().length() <= 40) {
                    return Ids.instant(node.stringValue());
                }
            } catch (DateTimeParseException malformed) {
                // told below, with the form that it must have
            }
            wrong(name, "time such as 2026-11-22T10:15:30.25Z");
            return null;
        }

        private @Nullable CameraChoice choice(String name, JsonNode node, @Nullable Bounds bounds) {
            if (node.isString() && node.stringValue().equals(CameraChoice.ALL)) {
                return new CameraChoice.All();
            }
            if (node instanceof ObjectNode object
                    && object.size() == 1
                    && object.get(CameraChoice.In.GROUPS) instanceof ArrayNode groups) {
                var ids = ids(name + "." + CameraChoice.In.GROUPS, groups, bounds);
                return ids == null ? null : new CameraChoice.In(ids);
            }
            if (!(node instanceof ArrayNode)) {
                wrong(
                        name,
                        "list of camera ids, groups such as {\"groups\": [ids]}, or the word all");
                return null;
            }
            var ids = ids(name, node, bounds);
            return ids == null ? null : new CameraChoice.These(ids);
        }

        private @Nullable List<UUID> ids(String name, JsonNode node, @Nullable Bounds bounds) {
            var ids = list(name, UUID.class, node, bounds);
            return ids == null ? null : ids.stream().map(UUID.class::cast).toList();
        }

        /// A record in a record.
        private @Nullable Object part(String name, Class<?> record, JsonNode node) {
            if (!(node instanceof ObjectNode object)) {
                wrong(name, "object");
                return null;
            }
            return switch (new Form<>(record).read(object)) {
                case Result.Fits<?>(var value) -> value;
                case Result.Faulty<?>(var inner) -> {
                    inner.forEach(fault ->
                            fault(
                                    name + "." + fault.field(),
                                    fault.key(),
                                    fault.detail(),
                                    fault.values()));
                    yield null;
                }
            };
        }

        private @Nullable List<Object> list(
                String name, Type element, JsonNode node, @Nullable Bounds bounds) {
            if (!(node instanceof ArrayNode array)) {
                wrong(name, "list");
                return null;
            }
            var least = bounds == null ? 0 : bounds.min();
            var most = bounds == null ? LONGEST_LIST : bounds.max();
            if (array.size() < least || array.size() > most) {
                fault(
                        name,
                        "form.list-size",
                        "It has %d entries; %d to %d are allowed."
                                .formatted(array.size(), least, most),
                        Map.of("least", Long.toString(least), "most", Long.toString(most)));
                return null;
            }
            var values = new ArrayList<Object>();
            for (var i = 0; i < array.size(); i++) {
                var value = value(name + "[" + i + "]", element, array.get(i), null);
                if (value != null) {
                    values.add(value);
                }
            }
            return values;
        }

        private static Type argument(Type parameterized) {
            return ((ParameterizedType) parameterized).getActualTypeArguments()[0];
        }

        private void wrong(String name, String wanted) {
            fault(
                    name,
                    "form.wrong-type",
                    "It must be %s%s.".formatted(wanted.startsWith("true") ? "" : "a ", wanted),
                    Map.of("wanted", wanted));
        }

        private void fault(String name, String key, String detail, Map<String, String> values) {
            faults.add(Form.fault(name, key, detail, values));
        }
    }
}
