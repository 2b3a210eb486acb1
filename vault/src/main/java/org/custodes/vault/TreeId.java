package org.custodes.vault;

import java.time.LocalDate;
import java.util.Objects;
import java.util.UUID;

/// Names one key tree.
///
/// @param camera whose footage
/// @param mediaClass the class as formats number it (0 V0, 1 V1, 2 A, 3 M)
/// @param day the UTC day
/// @param era counts the backward steps of the recorder's clock: the same slot of the same day is a
///     different slot in another era; 0 and up
public record TreeId(UUID camera, int mediaClass, LocalDate day, int era) {

    public TreeId {
        Objects.requireNonNull(camera);
        Objects.requireNonNull(day);
        if (mediaClass < 0 || mediaClass > 255 || era < 0) {
            throw new IllegalArgumentException(
                    "A tree has a class of 0 to 255 and an era from 0, but got %d and %d"
                            .formatted(mediaClass, era));
        }
    }
}
