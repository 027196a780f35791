/** The folder of a project: stages with their manifests, runs, and who writes where. */
package org.seedwright.pipelines.workspace;
