package org.seedwright.pipelines.teacher;

import net.jqwik.api.lifecycle.LifecycleContext;
import net.jqwik.api.lifecycle.SkipExecutionHook;

/** Skips a property that takes minutes, with a word, unless the profile of slow tests is on. */
final class OnlySlow implements SkipExecutionHook {
  @Override
  public SkipResult shouldBeSkipped(LifecycleContext context) {
    return Boolean.getBoolean("seedwright.test.slow")
        ? SkipResult.doNotSkip()
        : SkipResult.skip("run with -Pslow");
  }
}
