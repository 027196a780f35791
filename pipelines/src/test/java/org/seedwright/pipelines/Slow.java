package org.seedwright.pipelines;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * A test of whole runs, which {@code mvn verify -Pslow} adds: without these {@code mvn verify}
 * takes less than ten minutes.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@EnabledIfSystemProperty(
    named = "seedwright.test.slow",
    matches = "true",
    disabledReason = "run with -Pslow")
public @interface Slow {}
