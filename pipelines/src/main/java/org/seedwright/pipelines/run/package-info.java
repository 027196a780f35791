/** From an experiment to its stages, and from its stages to their tables. */
package org.seedwright.pipelines.run;
