package org.custodes.server;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/// Reads what strangers send, within bounds, and writes what we answer.
///
/// Values that are absent are left out of an answer. Words of the domain (enums) travel in kebab
/// case.
final class Json {
    /// Deeper than anything in the API, shallower than any stack.
    static final int DEEPEST = 12;

    private static final int LONGEST_NUMBER = 40;
    private static final int LONGEST_NAME = 100;

    private final JsonMapper mapper;

    /// @param largest how many bytes a text may have
    Json(int largest) {
        var constraints =
                StreamReadConstraints.builder()
                        .maxDocumentLength(largest)
                        .maxNestingDepth(DEEPEST)
                        .maxNumberLength(LONGEST_NUMBER)
                        .maxNameLength(LONGEST_NAME)
                        .maxStringLength(largest)
                        .build();
        var words = new SimpleModule("words");
        words.addSerializer(new InstantInMicros());
        words.addSerializer(new WordInKebabCase());
        mapper =
                JsonMapper.builder(
                                JsonFactory.builder()
                                        .streamReadConstraints(constraints)
                                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                        .build())
                        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                        .enable(EnumFeature.WRITE_ENUMS_USING_TO_STRING)
                        .changeDefaultPropertyInclusion(
                                old -> old.withValueInclusion(JsonInclude.Include.NON_ABSENT))
                        .addModule(words)
                        .build();
    }

    /// The text as a tree.
    ///
    /// @throws MalformedJsonException if it is not JSON, or out of bounds
    JsonNode read(byte[] text) {
        try {
            return mapper.readTree(text);
        } catch (JacksonException malformed) {
            throw new MalformedJsonException(malformed);
        }
    }

    JsonNode read(String text) {
        try {
            return mapper.readTree(text);
        } catch (JacksonException malformed) {
            throw new MalformedJsonException(malformed);
        }
    }

    byte[] write(Object value) {
        return mapper.writeValueAsBytes(value);
    }

    String text(Object value) {
        return mapper.writeValueAsString(value);
    }

    /// `BACKING_OFF` as `backing-off`.
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /// What was sent is not JSON as we take it. The message never repeats what was sent.
    static final class MalformedJsonException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        MalformedJsonException(JacksonException cause) {
            super(
                    "it is not well-formed JSON within our bounds, at byte %d"
                            .formatted(
                                    cause.getLocation() == null
                                            ? 0
                                            : Math.max(0, cause.getLocation().getByteOffset())));
        }
    }

    private static final class InstantInMicros extends StdSerializer<Instant> {
        InstantInMicros() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant value, JsonGenerator out, SerializationContext context) {
            out.writeString(value.truncatedTo(ChronoUnit.MICROS).toString());
        }
    }

    @SuppressWarnings("rawtypes") // a serializer for every enum is one for the raw type
    private static final class WordInKebabCase extends StdSerializer<Enum> {
        WordInKebabCase() {
            super(Enum.class);
        }

        @Override
        public void serialize(Enum value, JsonGenerator out, SerializationContext context) {
            out.writeString(word(value));
        }
    }
}
