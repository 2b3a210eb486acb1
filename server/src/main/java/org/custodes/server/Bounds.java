package org.custodes.server;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// How long a text or a list, or how large a number of a body may be. Read by [Form], and told to
/// clients by [OpenApi].
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface Bounds {
    long min() default 0;

    long max();
}
