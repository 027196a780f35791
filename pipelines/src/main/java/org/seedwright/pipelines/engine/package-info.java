/** Where Beam jobs run: inside the process or on a cluster. */
package org.seedwright.pipelines.engine;
