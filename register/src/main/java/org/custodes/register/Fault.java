package org.custodes.register;

import java.util.Map;
import java.util.Objects;

/// One thing that is wrong with something sent from outside.
///
/// @param field the field it is about, as the API names it
/// @param key the fault's key in the catalogues of messages, such as `form.too-long`
/// @param detail what is wrong and what to do, in one English sentence; never repeats a secret
/// @param values the numbers and words of the sentence, for other languages
public record Fault(String field, String key, String detail, Map<String, String> values) {

    public Fault {
        Objects.requireNonNull(field);
        Objects.requireNonNull(key);
        Objects.requireNonNull(detail);
        values = Map.copyOf(values);
    }
}
